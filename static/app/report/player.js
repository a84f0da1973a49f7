/** A clock that runs along the talk, without sound. It is told each frame and asks nobody else for the time. */

const LONGEST_FRAME_MS = 250; // a page in the background gets none; it goes on where it was

export const SPEEDS = [1, 2, 4];

/** @param {{ totalMs: number, tell: () => void, frame?: (tick: (now: number) => void) => void, now?: () => number }} options */
export function createPlayer({ totalMs, tell, frame = requestAnimationFrame, now = () => performance.now() }) {
  let before = 0;
  let turn = 0; // a frame that was asked for before the last stop counts for nothing

  const player = {
    atMs: 0,
    speed: SPEEDS[0],
    playing: false,
    get over() { return player.atMs >= totalMs; },
    play() {
      if (player.playing || totalMs <= 0) return;
      if (player.over) player.atMs = 0;
      player.playing = true;
      before = now();
      turn += 1;
      next(turn);
      tell();
    },
    pause() {
      player.playing = false;
      turn += 1;
      tell();
    },
    seek(ms) {
      player.atMs = Math.min(totalMs, Math.max(0, ms));
      tell();
    },
    setSpeed(speed) {
      player.speed = speed;
      tell();
    },
  };

  const next = (mine) => frame((at) => mine === turn && tick(at, mine));

  function tick(at, mine) {
    const passed = Math.min(Math.max(0, at - before), LONGEST_FRAME_MS);
    before = at;
    player.atMs = Math.min(totalMs, player.atMs + passed * player.speed);
    if (player.over) return player.pause();
    tell();
    return next(mine);
  }

  return player;
}
