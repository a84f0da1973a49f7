// The Worker's log for a person at a terminal: `[req_…] GET /api/user 200, 54 ms; AUTH 13 ms`.

/** One line of output; a line of the Worker's log becomes plain text, all others stay as they are. */
export function readable(line) {
  const entry = parsed(line);
  if (!entry?.id) return line;
  const { level, id, method, route, status, code, ms, phases = [], ...rest } = entry;
  const what = route ? `${method} ${route} ${status}${code ? ` ${code}` : ''}, ${ms} ms` : level;
  const when = phases.map(([phase, at]) => `${phase} ${at} ms`);
  const more = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [`[${id}] ${what}`, ...when, ...more].join('; ');
}

function parsed(line) {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
