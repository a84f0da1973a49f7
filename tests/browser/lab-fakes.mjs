// Peers that find what a test says, and meet by themselves: for the connection check without a browser.

/**
 * `found(url)` says what a peer with that address finds: candidates of the form `{type, protocol?, relayProtocol?}`; `meets` whether
 * two of them come together, `drops(n)` whether the nth word gets lost.
 */
export function peersThat({ found = () => [{ type: 'host' }], meets = () => true, drops = () => false } = {}) {
  const made = [];
  class Channel extends EventTarget {
    sent = 0;

    send(data) {
      this.sent += 1;
      if (!drops(this.sent)) this.dispatchEvent(new MessageEvent('message', { data }));
    }
  }

  return class Peer extends EventTarget {
    static made = made;
    closed = false;
    channel = new Channel();

    constructor(options) {
      super();
      this.options = options;
      made.push(this);
    }

    createDataChannel() { return this.channel; }

    async setLocalDescription() {
      this.localDescription = {};
      const { iceServers, iceTransportPolicy } = this.options;
      const urls = iceServers.flatMap(({ urls: list }) => list);
      const all = [...(iceTransportPolicy === 'relay' ? [] : found(null)), ...urls.flatMap((url) => found(url))];
      queueMicrotask(() => {
        for (const one of all) this.#tell({ candidate: 'candidate:1', ...one });
        this.#tell(null);
      });
    }

    async setRemoteDescription() {
      if (this.channel && meets(this.options)) queueMicrotask(() => this.channel.dispatchEvent(new Event('open')));
    }

    async addIceCandidate() {}

    async getStats() {
      const relayed = this.options.iceTransportPolicy === 'relay';
      const side = { candidateType: relayed ? 'relay' : 'host', protocol: 'udp', ...(relayed && { relayProtocol: 'tls' }) };
      return new Map([
        ['T', { id: 'T', type: 'transport', selectedCandidatePairId: 'P' }],
        ['P', { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' }],
        ['L', { id: 'L', type: 'local-candidate', ...side }], ['R', { id: 'R', type: 'remote-candidate', ...side }],
      ]);
    }

    close() { this.closed = true; }

    #tell(candidate) { this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate })); }
  };
}
