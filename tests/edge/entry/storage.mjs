// What tests do with an object's storage past the product: rows by the million, and the statements of the contract.

const HASH = 'A'.repeat(43);

/** So many more entries after the last one, each a grant of 0.01 or a take of it. `untold`: D1 knows none of them. */
export function seed(storage, { entries, untold = false }) {
  const { sql } = storage;
  const [{ seq, user }] = sql.exec('select seq, user_after as user from entries order by seq desc limit 1').toArray();
  storage.transactionSync(() => {
    sql.exec(
      `with recursive more (n) as (select 1 union all select n + 1 from more where n < ?1)
       insert into entries (seq, at, kind, key, fingerprint, user, held, earned, granted, bought, refunded, owed,
         user_after, held_after, owed_after, reason, actor, hash)
       select ?2 + n, 1700000000000 + n, iif(n % 2, 'grant', 'take'), 'admin:seed-' || n, 'seeded',
         iif(n % 2, 10, -10), 0, 0, iif(n % 2, -10, 10), 0, 0, 0, ?3 + iif(n % 2, 10, 0), 0, 0,
         'seeded for a test', 'user_admin', ?4 from more`,
      entries, seq, user, HASH,
    );
    sql.exec('update wallet set audited = ?, audited_hash = ?', seq + entries, HASH);
    if (!untold) sql.exec("delete from due where what = 'mirror'");
    else if (sql.exec("select about from due where what = 'mirror'").toArray().length === 0) {
      sql.exec("insert into due (what, about, at) values ('mirror', ?, ?)", String(seq + 1), Date.now());
    }
  });
  return { entries: seq + entries };
}

/** Each case in a transaction of its own that is taken back: its rows, or the words of its failure. */
export function contract(storage, cases) {
  return cases.map(({ before = [], sql, values = [] }) => {
    let result;
    try {
      storage.transactionSync(() => {
        for (const text of before) storage.sql.exec(text);
        result = { rows: storage.sql.exec(sql, ...values).toArray() };
        throw new Error('taken back');
      });
    } catch (error) {
      result ??= { failed: error.message };
    }
    return result;
  });
}
