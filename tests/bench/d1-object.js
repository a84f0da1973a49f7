// A database behind the platform's D1 binding, which speaks HTTP with it: one object's SQLite, one transaction for
// each question, as in production.
const HEADERS = { 'x-cf-d1-session-commit-token': '00000001-00000002-00000003' };
const META = { duration: 0, changes: 0, last_row_id: 0, changed_db: true, size_after: 8192 };

export default {
  fetch: (request, env) => env.DATABASE.get(env.DATABASE.idFromName('d1')).fetch(request),
};

export class Database {
  constructor({ storage }) {
    this.storage = storage;
  }

  async fetch(request) {
    const asked = await request.json();
    const questions = Array.isArray(asked) ? asked : [asked];
    try {
      const answers = this.storage.transactionSync(() => questions.map((one) => this.answer(one)));
      return Response.json(answers, { headers: HEADERS });
    } catch (error) {
      return Response.json({ success: false, error: error.message });
    }
  }

  answer({ sql, params }) {
    const cursor = this.storage.sql.exec(sql, ...(params ?? []));
    const rows = [...cursor.raw()];
    const meta = { ...META, rows_read: cursor.rowsRead, rows_written: cursor.rowsWritten };
    return { success: true, results: { columns: cursor.columnNames, rows }, meta };
  }
}
