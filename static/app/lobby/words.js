/** What the lobby says about the microphone and the connection. */

const ADDRESS_BAR = 'Click the sign to the left of the address, set the microphone to “Allow”, and come back here.';
const PHONE = 'Open the settings of your phone, find this browser, and allow it the microphone.';
const SAFARI = 'In the menu choose Safari, then “Settings for this website”, and set the microphone to “Allow”.';
const FIREFOX = 'Click the crossed-out microphone beside the address, and remove the block.';

/** How a permission that was refused is given after all, in the browser that this is. */
export function allowText(agent) {
  if (/iPhone|iPad/.test(agent)) return PHONE;
  if (/Firefox\//.test(agent)) return FIREFOX;
  if (/Version\/[\d.]+ .*Safari\//.test(agent) && /Macintosh/.test(agent)) return SAFARI;
  return ADDRESS_BAR;
}

const system = (agent) => {
  if (/Macintosh/.test(agent)) return 'Open System Settings, Privacy & Security, Microphone, and switch this browser on.';
  return /Windows/.test(agent)
    ? 'Open Settings, Privacy & security, Microphone, and let apps and desktop apps use it.'
    : 'Allow this browser the microphone in the settings of your system.';
};

/** For each state: what it is, what to do, and what the button says if one helps. */
export function microphoneWords(state, agent) {
  return {
    unasked: ['Your browser will ask whether we may hear you.', 'Say yes there; your line moves when you speak.', 'Check the microphone'],
    asking: ['Answer the question of your browser.', 'It stands near the address.', null],
    live: ['Your microphone is on.', 'Say a few words: the line is your voice.', null],
    denied: ['The microphone is not allowed here.', allowText(agent), 'Try again'],
    system: ['Your system keeps the microphone from this browser.', system(agent), 'Try again'],
    none: ['No microphone was found.', 'Plug one in or switch it on; this page notices.', 'Look again'],
    busy: ['The microphone is in use.', 'Close the other program or tab that holds it, such as a meeting.', 'Try again'],
    missing: ['This browser gives no access to a microphone.', 'Use a current Chrome, Edge, Firefox or Safari.', null],
    failed: ['The microphone did not start.', 'Choose another one, or restart the browser.', 'Try again'],
  }[state];
}

/** The connection in a sentence, and what to do where it is not good. */
export function connectionWords(verdict, ms) {
  return {
    checking: ['Checking your connection…', null],
    good: ['Your connection is fine.', `${ms} ms to the server.`],
    slow: ['Your connection is slow.', `${ms} ms to the server. It can work; if you have a better network, use it.`],
    blocked: ['Calls seem to be blocked here.', 'A VPN, a firewall or an extension can be the reason. You can try; if no connection comes'
      + ' about, nothing is charged.'],
    narrow: ['Your network lets calls out only in part.', 'You can try; another network may do better. If no connection comes about,'
      + ' nothing is charged.'],
    offline: ['Our server does not answer.', 'Check your connection.'],
    unable: ['This browser cannot make calls.', 'Use a current Chrome, Edge, Firefox or Safari.'],
  }[verdict];
}
