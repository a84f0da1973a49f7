// The limit: what the runtime itself costs.
export default {
  fetch: () => new Response('ok'),
};
