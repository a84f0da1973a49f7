// The simulator's front page: what it is, and its calls.

import { CONTROL_CALLS } from './control.mjs';

export function frontPage({ services, workerUrl }) {
  const control = CONTROL_CALLS.map(([method, path, body, does]) => row(`${method} ${path}`, `${body} ${does}`));
  const routes = Object.entries(services).flatMap(([name, { routes: table }]) => table
    .filter(([method]) => method !== 'OPTIONS')
    .map(([method, path, op]) => row(`${method} ${path}`, `${name} ${op}`)));
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Simulator</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
td { padding: .2rem 1rem .2rem 0; vertical-align: top }
</style>
<h1>Simulator</h1>
<p>A stand-in for the services that the Worker at ${escape(workerUrl)} calls. Nothing here leaves this machine.</p>
<h2>Control</h2><table>${control.join('\n')}</table>
<h2>Services</h2><table>${routes.join('\n')}</table></html>`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

function row(call, does) {
  return `<tr><td><code>${escape(call)}</code></td><td>${escape(does)}</td></tr>`;
}

export function escape(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
