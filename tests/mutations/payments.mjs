// The guards of buying: what Stripe says, what was sold, and what goes back. See list.mjs.

const till = 'src/money/till.rs';
const plan = 'src/money/plan.rs';
const store = 'src/money/store/payments.rs';
const credit = 'src/money/wallet/credit.rs';
const signature = 'src/upstream/stripe/signature.rs';

export const payments = [
  {
    name: 'payments: an event whose name is in the log skipped before its effect',
    file: till,
    from: '    // 4\n    let done = match perform',
    to: `    if store::untaken(world.db(), &[&event.id]).await?.is_empty() {
        return Ok(Done::Stored);
    }
    // 4
    let done = match perform`,
  },
  {
    name: 'payments: the row of the log before the effect, and trusted',
    file: till,
    from: '    // 4\n    let done = match perform',
    to: `    if store::untaken(world.db(), &[&event.id]).await?.is_empty() {
        return Ok(Done::Stored);
    }
    store::taken(world.db(), event, "stored", world.clock().now()).await?;
    // 4
    let done = match perform`,
  },
  {
    name: 'payments: the row of the log before the effect',
    file: till,
    from: '    // 4\n    let done = match perform',
    to: '    store::taken(world.db(), event, "stored", world.clock().now()).await?;\n    // 4\n    let done = match perform',
  },
  {
    name: 'payments: a plan revived by old news',
    file: credit,
    from: '    if book.cover.premium_as_of.is_some_and(|known| known >= as_of) {',
    to: '    if book.cover.premium_as_of.is_some_and(|known| known > as_of && until == known) {',
  },
  {
    name: 'payments: credits by the quantity of the line',
    file: till,
    from: ' && thing::number(line, "quantity") == Some(1));',
    to: ');',
  },
  {
    name: 'payments: credits for another price than was sold',
    file: till,
    from: 'price(line) == sold && thing::number',
    to: 'price(line).is_some() && thing::number',
  },
  {
    name: 'payments: credits for what is not paid',
    file: till,
    from: 'Some("complete") if paid => match',
    to: 'Some("complete") if paid || !failed => match',
  },
  {
    name: 'payments: old signatures accepted',
    file: signature,
    from: '    lately(time, now)?;\n',
    to: '    let _ = lately(time, now);\n',
  },
  {
    name: 'payments: forged signatures accepted',
    file: signature,
    from: 'given.iter().any(|signature| made.clone().verify_slice(signature).is_ok())',
    to: 'given.iter().any(|signature| !signature.is_empty() || made.clone().verify_slice(signature).is_ok())',
  },
  {
    name: 'payments: the other mode taken',
    file: till,
    from: '    if event.live != world.config().stripe.live() {',
    to: '    if event.live && world.config().stripe.key.is_none() {',
  },
  {
    name: 'payments: what has gone back counted from the sale',
    file: till,
    from: 'let back = thing::number(&found, "amount_refunded").unwrap_or(0);',
    to: 'let back = thing::number(&found, "amount").unwrap_or(0);',
  },
  {
    name: 'payments: the visit of anybody told',
    file: store,
    from: 'select product, state from checkouts where id = ?1 and person = ?2',
    to: 'select product, state from checkouts where id = ?1 and ?2 = ?2',
  },
  {
    name: 'payments: a plan that goes on after its account',
    file: credit,
    from: '    due::plan(book.tx, alarm::CANCEL_PLAN, "", book.now)?;\n',
    to: '',
  },
  {
    name: 'payments: a plan paid after the end goes on',
    file: till,
    from: '            plan::late(world, person, of("subscription")?).await?;\n',
    to: '',
  },
  {
    name: 'payments: a plan bought while leaving goes on',
    file: plan,
    from: '                end(world, &told.subscription.id).await?;\n',
    to: '',
  },
  {
    name: 'payments: real money acknowledged with a key for play money',
    file: till,
    from: '    if event.live && !world.config().stripe.live() {\n',
    to: '    if event.live && world.config().stripe.key.is_none() {\n',
  },
  {
    name: 'payments: two plans to be paid at once',
    file: 'src/money/shop.rs',
    from: '    if is_plan {\n        close_others(world, person, id).await?;\n    }\n',
    to: '',
  },
  {
    name: 'payments: sold where nobody would hear of the payment',
    file: 'src/money/shop.rs',
    from: '    world.config().stripe_secrets()?;\n',
    to: '',
  },
  {
    name: 'payments: taken again by a dispute that was won before it was heard of',
    file: credit,
    from: `    if let Some(known) = book.known(&format!("restored:{charge}"), "")? {
        return Ok(book.standing_at(&known));
    }
    let mut sale = store::charge(book.tx, charge)?.ok_or(No::Impossible)?;
    sale.disputed = sale.sold`,
    to: '    let mut sale = store::charge(book.tx, charge)?.ok_or(No::Impossible)?;\n    sale.disputed = sale.sold',
  },
  {
    name: 'payments: news of a plan whose money went back covers',
    file: plan,
    from: 'if told.covers > as_of && !is_paid(world, &told.subscription, until).await? {',
    to: 'if told.covers < as_of && !is_paid(world, &told.subscription, until).await? {',
  },
  {
    name: 'payments: a failure that stays when its event was taken',
    file: store,
    from: "    db.batch(vec![Statement { sql: log, values }, mended, alike]).await.map(drop)",
    to: "    let _ = mended;\n    db.batch(vec![Statement { sql: log, values }, alike]).await.map(drop)",
  },
  {
    name: 'payments: a refund told before its sale lost',
    file: till,
    from: '    if !done.as_ref().is_err_and(unknown) {\n        return done;\n    }',
    to: `    if !done.as_ref().is_err_and(unknown) {
        return done;
    }
    if !payment.is_empty() {
        return Ok(());
    }`,
  },
  {
    name: 'payments: each click another visit',
    file: 'src/money/shop.rs',
    from: 'bank::order(world, "checkout/sessions", Some(&key), &pairs).await',
    to: 'bank::order(world, "checkout/sessions", Some(&key).filter(|key| key.is_empty()), &pairs).await',
  },
  {
    name: 'payments: sent back to wherever somebody came from',
    file: 'src/money/shop.rs',
    from: "    let came = ours.iter().find(|party| origin == Some(party.as_str()));\n    came.or(ours.first())",
    to: "    let came = ours.iter().rfind(|party| origin != Some(party.as_str()));\n    came.or(ours.first())",
  },
];
