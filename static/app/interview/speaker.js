/** The interviewer's voice: one audio element for the life of the page. A browser may want a tap before it plays. */

/** @param {HTMLAudioElement} element @param {(blocked: boolean) => void} tell */
export function createSpeaker(element, tell) {
  async function play() {
    const mine = element.srcObject;
    try {
      await element.play();
      if (mine && mine === element.srcObject) tell(false);
    } catch (error) {
      // What was replaced or taken away while it began is not refused.
      if (mine && mine === element.srcObject && error.name !== 'AbortError') tell(true);
    }
  }
  return {
    play,
    /** @param {MediaStream} stream */
    attach(stream) {
      if (element.srcObject === stream) return;
      element.srcObject = stream;
      play();
    },
    release() {
      element.pause();
      element.srcObject = null;
    },
  };
}
