// A database of one row behind the platform's D1 binding, which speaks HTTP with it. The same for every Worker measured.
const META = { duration: 0, changes: 0, last_row_id: 0, changed_db: false, size_after: 8192, rows_read: 1, rows_written: 0 };
const HEADERS = { 'content-type': 'application/json', 'x-cf-d1-session-commit-token': '00000001-00000002-00000003' };
let answer; // made once, at the first question: before it the platform's clock stands at zero

export default {
  async fetch(request) {
    await request.arrayBuffer();
    answer ??= rowAsOf(Date.now());
    return new Response(answer, { headers: HEADERS });
  },
};

/** A user whom Clerk was asked about just now, so that nobody asks again. */
function rowAsOf(now) {
  const user = {
    email: 'alice@example.test',
    name: 'Alice Example',
    image_url: 'https://img.example.test/alice',
    asked_at: now,
    clerk_updated_at: now,
    deleted_at: null,
  };
  return JSON.stringify([{ success: true, results: { columns: Object.keys(user), rows: [Object.values(user)] }, meta: META }]);
}
