// Opus packets out of an Ogg file, whole: what RTP sends, one packet for 20 ms.

const HEADER_BYTES = 27;
const LONGEST_SEGMENT = 255;

export function packetsOf(file) {
  const packets = [];
  let open = [];
  for (let at = 0; at < file.length;) {
    const segments = file[at + HEADER_BYTES - 1];
    let from = at + HEADER_BYTES + segments;
    for (const length of file.subarray(at + HEADER_BYTES, from)) {
      open.push(file.subarray(from, from + length));
      from += length;
      if (length === LONGEST_SEGMENT) continue; // the packet goes on in the next segment
      packets.push(Buffer.concat(open));
      open = [];
    }
    at = from;
  }
  return packets.slice(2); // the first two are the head and the tags
}
