/** What was said in an interview, read from the server page by page. */

const PAGE = 200;

/** @param {{ get: (path: string) => Promise<any> }} api @param {string} id */
export async function readTranscript(api, id) {
  const lines = [];
  let gaps = [];
  let after = null;
  do {
    const asked = new URLSearchParams({ format: 'json', limit: String(PAGE), ...(after !== null && { after }) });
    const page = await api.get(`/api/sessions/${id}/transcript?${asked}`);
    lines.push(...page.lines);
    gaps = page.gaps ?? gaps; // each page has those of the whole talk
    after = page.next;
  } while (after !== null);
  return { lines, gaps };
}
