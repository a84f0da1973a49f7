// How messages and data of a channel lie one behind the other in a stream.

export const isChannelData = (bytes) => bytes.length >= 4 && (bytes[0] & 0xc0) === 0x40;

const padded = (length) => Math.ceil(length / 4) * 4;

/** Padded, which a stream needs and a datagram does not mind. */
export function channelData(number, data) {
  const frame = Buffer.alloc(4 + padded(data.length));
  frame.writeUInt16BE(number, 0);
  frame.writeUInt16BE(data.length, 2);
  data.copy(frame, 4);
  return frame;
}

/** The whole frames, and what is left of the next one. */
export function framesOf(bytes) {
  const frames = [];
  let rest = bytes;
  while (rest.length >= 4) {
    const told = rest.readUInt16BE(2);
    const length = isChannelData(rest) ? 4 + padded(told) : 20 + told;
    if (rest.length < length) break;
    frames.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return { frames, rest };
}
