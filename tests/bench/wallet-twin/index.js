// A Wallet in JavaScript that does for a take what ours does: the same checks, the same rows, the same chain of hashes,
// the same outbox to D1. What a take does not need, it does not have.
import { createHash } from 'node:crypto';

const ENTRIES = `create table entries (
  seq integer primary key, at integer not null, kind text not null, key text, fingerprint text not null,
  user integer not null, held integer not null, earned integer not null, granted integer not null,
  bought integer not null, refunded integer not null, owed integer not null,
  user_after integer not null check (user_after >= 0), held_after integer not null check (held_after >= 0),
  owed_after integer not null check (owed_after <= 0),
  reference text, reason text, actor text, seconds integer, hash text not null,
  check (user + held + earned + granted + bought + refunded + owed = 0)) strict`;
const COVER = `select owner, closed_at, premium_until, seq, hash, user_after, held_after, owed_after
  from wallet left join entries on seq = (select max(seq) from entries)`;
const KNOWN = 'select fingerprint, seq, user_after, held_after, owed_after from entries where key = ?';
const INSERT = `insert into entries (seq, at, kind, key, fingerprint, user, held, earned, granted, bought, refunded, owed,
  user_after, held_after, owed_after, reference, reason, actor, seconds, hash)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const TELL = `insert into entries select ?1, value ->> 'seq', value ->> 'user', value ->> 'hash'
  from json_each(?2) where true on conflict (owner, seq) do nothing`;
const UPSERT = `insert into wallets values (?1, ?2, ?3) on conflict (owner) do update set seq = excluded.seq
  where excluded.seq > wallets.seq`;
const AT_ONCE = 250;

const digest = (text) => createHash('sha256').update(text).digest('base64').slice(0, 43);

export class Wallet {
  constructor({ storage }, env) {
    this.storage = storage;
    this.sql = storage.sql;
    this.db = env.DB;
    this.isOpen = this.sql.exec("select 1 from sqlite_master where name = 'wallet'").toArray().length > 0;
  }

  async fetch(request) {
    const { owner, command } = JSON.parse(await request.text());
    return new Response(JSON.stringify(this.storage.transactionSync(() => this.decide(owner, command))));
  }

  decide(owner, command) {
    const now = Date.now();
    if (!this.isOpen) return this.open(owner, now);
    const [cover] = this.sql.exec(COVER).toArray();
    if (cover.owner !== owner) throw new Error('a letter for another wallet');
    if (cover.closed_at !== null) return { no: 'closed' };
    const before = this.earliest();
    if (command === 'touch') return standing(cover, cover);
    const { key, amount, reason, actor } = command.adjust;
    const fingerprint = digest(`${amount} ${actor} ${reason}`);
    const [known] = this.sql.exec(KNOWN, `admin:${key}`).toArray();
    if (known) return known.fingerprint === fingerprint ? standing(known, cover) : { no: 'mismatch' };
    if (cover.user_after + amount < 0) return { no: 'impossible' };
    const entry = {
      seq: cover.seq + 1, at: now, kind: amount < 0 ? 'take' : 'grant', key: `admin:${key}`, fingerprint,
      user: amount, held: 0, earned: 0, granted: -amount, bought: 0, refunded: 0, owed: 0,
      user_after: cover.user_after + amount, held_after: cover.held_after, owed_after: cover.owed_after,
      reference: null, reason, actor, seconds: null,
    };
    this.append(entry, cover.hash);
    this.arm(before, now);
    return standing(entry, cover);
  }

  open(owner, now) {
    this.sql.exec(ENTRIES);
    this.sql.exec('create unique index once on entries (key) where key is not null');
    this.sql.exec('create table wallet (owner text not null, closed_at integer, premium_until integer) strict');
    this.sql.exec(`create table due (what text not null, about text not null, at integer not null,
      tries integer not null default 0, primary key (what, about)) strict, without rowid`);
    this.sql.exec('insert into wallet (owner) values (?)', owner);
    const welcome = {
      seq: 1, at: now, kind: 'welcome', key: 'welcome', fingerprint: '', user: 3000, held: 0, earned: 0, granted: -3000, bought: 0,
      refunded: 0, owed: 0, user_after: 3000, held_after: 0, owed_after: 0, reference: null, reason: null, actor: null, seconds: null,
    };
    this.append(welcome, '');
    this.arm(null, now);
    this.isOpen = true;
    return standing(welcome, { premium_until: null });
  }

  append(entry, before) {
    const hash = digest(JSON.stringify([before, entry]));
    this.sql.exec(INSERT, ...Object.values(entry), hash);
    if (!this.mirror()) this.plan(entry.seq, entry.at);
  }

  mirror() {
    return this.sql.exec("select about from due where what = 'mirror' limit 1").toArray()[0];
  }

  plan(seq, at) {
    this.sql.exec("insert into due (what, about, at) values ('mirror', ?, ?)", String(seq), at);
  }

  earliest() {
    return this.sql.exec('select min(at) as at from due').toArray()[0].at;
  }

  arm(before, now) {
    const next = this.earliest();
    if (next !== null && (before === null || next < before || next <= now)) this.storage.setAlarm(next);
  }

  async alarm() {
    for (let task = this.mirror(); task; task = this.mirror()) {
      const rows = this.sql.exec('select * from entries where seq >= ? order by seq limit ?', Number(task.about), AT_ONCE).toArray();
      const last = rows.at(-1);
      const [{ owner }] = this.sql.exec('select owner from wallet').toArray();
      const session = this.db.withSession('first-unconstrained');
      await session.batch([
        session.prepare(TELL).bind(owner, JSON.stringify(rows)),
        session.prepare(UPSERT).bind(owner, last.seq, last.user_after),
      ]);
      this.storage.transactionSync(() => {
        this.sql.exec("delete from due where what = 'mirror'");
        const [{ seq }] = this.sql.exec('select max(seq) as seq from entries').toArray();
        if (seq > last.seq) this.plan(last.seq + 1, Date.now());
      });
    }
  }
}

const standing = ({ seq, user_after, held_after, owed_after }, { premium_until }) => ({
  standing: { number: seq, settled: user_after + held_after, held: held_after, available: user_after, owed: -owed_after, premium_until },
});
