/** Does the work for each of a list, so many at once, and gives what came of it in their order. */
export async function inLanes(list, lanes, work) {
  const done = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(lanes, list.length) }, async () => {
    for (let n = next++; n < list.length; n = next++) done[n] = await work(list[n], n);
  }));
  return done;
}
