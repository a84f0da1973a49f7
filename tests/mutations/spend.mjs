// The guards of what is given away and spent, and of what is coming. See list.mjs.

const rules = 'src/money/rules.rs';
const holds = 'src/money/wallet/holds.rs';
const store = 'src/money/wallet/store.rs';
const fuse = 'src/interview/fuse.rs';
const spent = 'src/interview/store/spent.rs';
const opening = 'src/interview/room/open.rs';
const posting = 'src/interview/room/post.rs';
const models = 'src/ops/models.rs';
const wake = 'src/interview/wake.rs';

export const spend = [
  {
    name: 'under fire: a plan without fair use',
    file: holds,
    from: '        Some(Left { more_at: Some(at), .. }) if !wish.credits => {',
    to: '        Some(Left { more_at: Some(at), .. }) if !wish.credits && book.now.count() < 0 => {',
  },
  {
    name: 'under fire: a plan that covers more than is left of the day',
    file: holds,
    from: 'seconds: wish.seconds.min(seconds) })',
    to: 'seconds: wish.seconds.max(seconds.min(1)) })',
  },
  {
    name: 'under fire: credits that pay for a plan unasked',
    file: holds,
    from: ' if !wish.credits => {',
    to: ' if !wish.credits && book.balances.user < rules::MINIMUM => {',
  },
  {
    name: 'under fire: what is still open counts nothing of the day',
    file: store,
    from: "            when 'voided' then 0 else holds.seconds end",
    to: '            else 0 end',
  },
  {
    name: 'under fire: an interview that came to nothing counts whole',
    file: store,
    from: "            when 'voided' then 0 else holds.seconds end",
    to: '            else holds.seconds end',
  },
  {
    name: 'under fire: what credits paid counts against the plan',
    file: store,
    from: ' where person = ? and held_at > ? and amount = 0 order by held_at',
    to: ' where person = ? and held_at > ? order by held_at',
  },
  {
    name: 'under fire: a wait that ends before there is enough',
    file: rules,
    from: '        free >= enough\n    });',
    to: '        true\n    });',
  },
  {
    name: 'under fire: a buyer whose start counts as free',
    file: holds,
    from: 'let free = !book.is_premium() && !store::bought(book.tx)?;',
    to: 'let free = !book.is_premium();',
  },
  {
    name: 'under fire: a blown fuse that lets everybody in',
    file: posting,
    from: 'blown.map(|free| No::NotOpen { free }),',
    to: 'blown.filter(|_| false).map(|free| No::NotOpen { free }),',
  },
  {
    name: 'under fire: a fuse for free starts that refuses who pays',
    file: fuse,
    from: '        (_, 1) if free => Some(true),',
    to: '        (_, 1) => Some(true),',
  },
  {
    name: 'under fire: a fuse that waits for a database that is slow',
    file: posting,
    from: 'match select(pin!(fuse::blown(host, free)), pin!(host.clock().sleep(READING_LIMIT))).await {',
    to: 'match select(pin!(fuse::blown(host, free)), pin!(host.clock().sleep(Millis::of_seconds(70)))).await {',
  },
  {
    name: 'under fire: refused starts that keep the fuse blown',
    file: spent,
    from: 'select free = 1 and began_at is not null as free',
    to: 'select free = 1 as free',
  },
  {
    name: 'under fire: a fuse that trusts what was weighed long ago',
    file: fuse,
    from: '    store::weighed(world.db(), world.clock().now().minus(TRUSTED)).await',
    to: '    store::weighed(world.db(), Millis::default().minus(TRUSTED)).await',
  },
  {
    name: 'under fire: the end of a model said every day',
    file: models,
    from: '    if store::warn(world.db(), &known.model, due, shutdown, now).await? {',
    to: '    if store::warn(world.db(), &known.model, due, shutdown, now).await? || due > 0 {',
  },
  {
    name: 'under fire: a list without models believed',
    file: 'src/upstream/openai/models.rs',
    from: '        .filter(|models| !models.is_empty())\n',
    to: '',
  },
  {
    name: 'under fire: OpenAI asked for its models at each stroke',
    file: models,
    from: '    store::mark(world.db(), ASKED, now).await?;\n',
    to: '',
  },
  {
    name: 'under fire: a Room without its alarm left alone',
    file: wake,
    from: '        if let Err(fault) = world.rooms().end(&id).await {',
    to: '        if let (true, Err(fault)) = (now.count() < 0, Ok::<(), Fault>(())) {',
  },
];
