// The peer connection of an interview, against a peer that is none.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isAnswer, openPeer, qualityOf } from '../../static/app/interview/rtc.js';
import { ANSWER, OFFER, Peer, Stream, pass, settle, stopClock } from './interview-fakes.mjs';

const ICE = [{ urls: ['stun:stun.example'] }];

function open(stream = new Stream()) {
  const told = [];
  const peer = openPeer({ stream, iceServers: ICE, tell: (event) => told.push(event), Peer });
  return { peer, told, pc: Peer.made.at(-1), stream };
}

test('microphone and channel are there before the offer; without a microphone it only receives', async () => {
  const { peer, pc } = open();
  assert.equal(await peer.offer(), OFFER);
  assert.deepEqual(pc.order, ['transceiver sendrecv', 'channel oai-events', 'offer']);
  assert.deepEqual(pc.settings, { iceServers: ICE });
  assert.deepEqual(open(null).pc.order, ['transceiver recvonly', 'channel oai-events']);
});

test('the offer waits for all addresses, but no longer than two seconds', async (t) => {
  stopClock(t);
  const gathering = (work) => {
    const { peer, pc } = open();
    pc.iceGatheringState = 'gathering';
    let offered = null;
    peer.offer().then((sdp) => { offered = sdp; });
    return work(pc, () => offered);
  };
  await gathering(async (pc, offered) => {
    await pass(1950);
    assert.equal(offered(), null);
    await pass(50);
    assert.equal(offered(), OFFER);
  });
  await gathering(async (pc, offered) => {
    await settle();
    pc.iceGatheringState = 'complete';
    pc.dispatchEvent(new Event('icegatheringstatechange'));
    await settle();
    assert.equal(offered(), OFFER);
  });
});

test('an answer is text of at most 64 KiB with audio in it', async () => {
  assert.equal(isAnswer(ANSWER), true);
  const wrong = [null, '', {}, 'v=0\r\nm=video 9', 'm=audio 9', `${ANSWER}${'x'.repeat(65_536)}`];
  for (const one of wrong) assert.equal(isAnswer(one), false);
  await assert.rejects(open().peer.accept('garbage'), { code: 'bad_answer' });
  await assert.rejects(open().peer.accept(`${ANSWER} unusable`), { code: 'bad_answer' });
});

test('what happens is told until the peer is closed, which happens once', () => {
  const { peer, told, pc } = open();
  assert.equal(peer.send({ type: 'a' }), false);
  pc.open();
  assert.equal(peer.send({ type: 'a' }), true);
  pc.become('connected');
  pc.say({ type: 'b' });
  pc.sound();
  assert.deepEqual(told.map(({ what }) => what), ['open', 'state', 'message', 'sound']);
  assert.deepEqual(pc.channel.sent, [{ type: 'a' }]);
  peer.close();
  peer.close();
  pc.become('closed');
  assert.deepEqual([told.length, pc.closed], [4, 1]);
});

test('the channel that closes by itself is told', () => {
  const { told, pc } = open();
  pc.channel.close();
  assert.deepEqual(told, [{ what: 'closed' }]);
});

test('another microphone takes the place of the first', async () => {
  const { peer, pc } = open();
  const next = new Stream();
  await peer.use(next);
  assert.deepEqual(pc.replaced, [next.track]);
});

test('a browser without calls is told apart', () => {
  assert.throws(() => openPeer({ stream: null, iceServers: [], tell() {} }), { code: 'calls_unsupported' });
});

test('packets are counted, and the quality is what the last stretch was like', async () => {
  const { peer, pc } = open();
  pc.stats = [
    { type: 'inbound-rtp', packetsReceived: 250, packetsLost: 3, jitter: 0.01 },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.08, responsesReceived: 7 },
    { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
    { type: 'outbound-rtp', packetsSent: 9 },
  ];
  assert.deepEqual(await peer.measure(), { packets: 250, lost: 3, jitter: 0.01, roundTrip: 0.08, responses: 7 });
  const before = { packets: 1000, lost: 100, jitter: 0, roundTrip: 0 };
  const after = (more) => ({ packets: 1200, lost: 100, jitter: 0.005, roundTrip: 0.05, ...more });
  const rows = [[{}, 4], [{ lost: 104 }, 3], [{ lost: 110 }, 2], [{ lost: 150 }, 1], [{ jitter: 0.05 }, 3], [{ roundTrip: 0.8 }, 2],
    [{ roundTrip: 3 }, 1], [{ packets: 1000 }, 4]];
  for (const [more, bars] of rows) assert.equal(qualityOf(before, after(more)), bars, JSON.stringify(more));
});
