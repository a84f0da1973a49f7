// Our Worker without its headers, request id and log line: what health costs by itself. Each text must stand in its
// file exactly once, so that a change of the source cannot quietly make this the same Worker again.
export const REPLACEMENTS = [
  {
    file: 'src/runtime/outgoing.rs',
    from: 'init.set_headers(match answer.kind {',
    to: 'let _ = (match answer.kind {',
  },
  {
    file: 'src/edge/serve.rs',
    from: 'let request = name(world, incoming);',
    to: 'let request = RequestId::from_random([0; 8]);',
  },
  {
    file: 'src/edge/serve.rs',
    from: 'let mut answer = answer.with("x-request-id", request.as_str());',
    to: 'let mut answer = answer;',
  },
  {
    file: 'src/edge/log.rs',
    from: 'pub fn write<W: World>(world: &W, outcome: &Outcome) {',
    to: 'pub fn write<W: World>(world: &W, outcome: &Outcome) {\n    return;',
  },
];
