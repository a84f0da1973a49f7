// The guards of relays and of the connection lab: what vendors answer, what is remembered, and what is kept. See list.mjs.

const codec = 'src/upstream/turn/mod.rs';
const ice = 'src/interview/ice.rs';
const shelf = 'src/port/shelf/relays.rs';
const lab = 'src/ops/connection/mod.rs';
const store = 'src/ops/connection/store.rs';

export const turn = [
  {
    name: 'under fire: turn address on port 53 passed on',
    file: codec,
    from: 'sound && port != 53 && port != 0',
    to: 'sound && port != 0',
  },
  {
    name: 'under fire: turn address that browsers refuse passed on',
    file: codec,
    from: 'let sound = plain && host',
    to: 'let sound = host',
  },
  {
    name: 'under fire: turn relay without a password passed on',
    file: codec,
    from: '.filter(is_credential)',
    to: '.filter(|text| text.len() < 10_000)',
  },
  {
    name: 'under fire: turn list without a relay taken for an answer',
    file: codec,
    from: 'if servers.is_empty() {',
    to: 'if told.is_none() {',
  },
  {
    name: 'under fire: turn error of Xirsys taken for its status',
    file: 'src/upstream/turn/xirsys.rs',
    from: '(200 | 201, Some("error")) =>',
    to: '(400, Some("error")) =>',
  },
  {
    name: 'under fire: turn reason of Xirsys repeated whole',
    file: 'src/upstream/turn/xirsys.rs',
    from: '.filter(word).unwrap_or',
    to: '.unwrap_or',
  },
  {
    name: 'under fire: turn vendor that is dead is an error for the other too',
    file: ice,
    from: 'Err(fault) => world.trace().note(fault.reason()),',
    to: `Err(fault) => {
                    world.trace().note(fault.reason());
                    return None;
                }`,
  },
  {
    name: 'under fire: turn vendor that is dead is told to nobody',
    file: ice,
    from: 'Err(fault) => world.trace().note(fault.reason()),',
    to: 'Err(_) => {}',
  },
  {
    name: 'under fire: turn vendor asked again at once',
    file: shelf,
    from: 'None if self.rests(vendor, now) => Look::Rest,',
    to: 'None if now.count() < 0 && self.rests(vendor, now) => Look::Rest,',
  },
  {
    name: 'under fire: turn credentials of another person',
    file: shelf,
    from: 'owner == person && *from == vendor);\n        let age',
    to: '!owner.is_empty() && *from == vendor);\n        let age',
  },
  {
    name: 'under fire: turn credentials handed out to their end',
    file: shelf,
    from: 'Millis::of_seconds(55 * 60);',
    to: 'Millis::of_seconds(115 * 60);',
  },
  {
    name: 'under fire: turn credentials kept without end',
    file: shelf,
    from: 'if self.kept.len() >= MOST {',
    to: 'if self.kept.len() >= MOST + MOST {',
  },
  {
    name: 'under fire: turn vendors asked at each look of an operator',
    file: lab,
    from: 'if let Some(told) = world.shelf().borrow().relays.looked(now) {',
    to: 'if let Some(told) = world.shelf().borrow().relays.looked(now).filter(|_| now.count() < 0) {',
  },
  {
    name: 'under fire: turn vendors asked for strangers',
    file: lab,
    from: 'let told = if admin { look(world).await } else { Value::Null };',
    to: 'let told = look(world).await;',
  },
  {
    name: 'under fire: turn check keeps what no lab measures',
    file: 'src/ops/connection/measured.rs',
    from: 'if known && !kept.is_empty()',
    to: 'if !kept.is_empty() || known',
  },
  {
    name: 'under fire: turn checks without end',
    file: store,
    from: 'and at > ?5) < ?6',
    to: 'and at > ?5) < ?6 + 1000',
  },
  {
    name: 'under fire: turn check of a closed account',
    file: store,
    from: 'where id = ?2 and deleted_at is not null)\n        on conflict',
    to: 'where id = ?2 and deleted_at < 0)\n        on conflict',
  },
  {
    name: 'under fire: turn checks stay when their person goes',
    file: 'src/ops/deletion.rs',
    from: '    connection::forget(world, user).await?;\n',
    to: '',
    more: [{ from: 'use super::connection;\n', to: '' }],
  },
  {
    name: 'under fire: turn checks never swept',
    file: store,
    from: 'where at <= ?1',
    to: 'where at <= ?1 and at < 0',
  },
];
