// A stand-in for OpenAI: Realtime calls that really connect and speak, the secrets that browsers start them with, their sideband,
// the hang-up, the models, and the Responses API.

import { BadRequest, checkFields, partsOf } from '../http.mjs';
import { Call } from './call.mjs';
import { newId } from './ids.mjs';
import { modelsAnswer } from './models.mjs';
import { checkOffer, deafAnswer } from './offer.mjs';
import { answerOffer } from './peer.mjs';
import { answered, authorize, missingParameter, Refused, requestId, trouble } from './refuse.mjs';
import { makeResponses } from './responses.mjs';
import { crossOrigin, makeSecrets, preflight, rawOffer } from './secrets.mjs';
import { newSession } from './session.mjs';
import { attach, wantedCall } from './sideband.mjs';

export const API_KEY = 'sk-simulated';

/** `thinkMs` is how long a response takes, unless a test says otherwise; `log` is told of pages that change their session. */
export function makeOpenai({ thinkMs = 0, log = { add() {} } } = {}) {
  const onDrift = ({ id }, body) => log.add('openai', 'drift', { method: 'EVENT', url: `/v1/realtime/calls/${id}`, headers: {}, body });
  const calls = new Map();
  const secrets = makeSecrets(API_KEY);
  const responses = makeResponses({ key: API_KEY, thinkMs });
  let next = { media: true, silence: false }; // what the next calls are like
  let models = {};

  const openai = {
    operations: ['calls', 'preflight', 'secrets', 'hangup', 'sideband', 'models', 'responses'],
    calls,
    responses,

    /** Ends all calls and forgets them, and all responses. */
    reset() {
      responses.reset();
      secrets.reset();
      for (const call of calls.values()) call.end('reset');
      calls.clear();
      next = { media: true, silence: false };
      models = {};
    },

    routes: [
      ['POST', '/v1/realtime/client_secrets', 'secrets', answered(secrets.mint)],
      ['POST', '/v1/realtime/calls', 'calls', crossOrigin(answered((request) => newCall(request, { calls, secrets, ...next, onDrift })))],
      ['OPTIONS', '/v1/realtime/calls', 'preflight', preflight],
      ['POST', '/v1/realtime/calls/:id/hangup', 'hangup', answered((request, { id }) => hangUp(request, calls, id))],
      ['POST', '/v1/responses', 'responses', responses.take],
      ['GET', '/v1/models', 'models', answered((request) => modelsAnswer(request, API_KEY, models))],
      ['GET', '/v1/realtime', 'sideband', answered(() => {
        throw new Refused('This address speaks WebSocket only.', { code: 'upgrade_required' });
      })],
    ],

    /** By path: the operation and what decides on an upgrade. It answers a refusal, or what takes the socket over. */
    sockets: {
      '/v1/realtime': ['sideband', answered((request) => {
        const call = wantedCall(request, calls, API_KEY);
        return (...connection) => attach(call, ...connection);
      })],
    },

    /** How the next calls are: without media, or with an interviewer who says nothing. */
    media(body) {
      checkFields(body, { media: 'boolean', silence: 'boolean' });
      next = { ...next, ...body };
      return {};
    },

    list: () => [...calls.values()].map(listed),

    /** The secrets, each with the calls that it started. */
    secrets: () => secrets.list().map((secret) => (
      { ...secret, calls: [...calls.values()].filter((call) => call.secret === secret.value).map(({ id }) => id) })),

    /** Their time is over. */
    expire(body) {
      checkFields(body, {});
      secrets.expire();
      return {};
    },

    /** When models go, and which have gone. */
    models(body) {
      checkFields(body, { shutdown: 'object', gone: 'object' });
      models = body;
      return {};
    },

    drive(id, body) {
      const call = calls.get(id);
      if (!call) throw new BadRequest(`There is no call ${id}.`);
      if (call.state === 'ended') throw new BadRequest(`Call ${id} has ended.`);
      drive(call, body);
      return listed(call);
    },
  };
  return openai;
}

async function newCall(request, { calls, secrets, media, silence, onDrift }) {
  const { sdp, session, ...by } = asking(request, secrets);
  checkOffer(sdp);
  const call = new Call({ session: newSession(session, newId('sess')), offer: sdp, media, silent: silence, onDrift, ...by });
  calls.set(call.id, call);
  let answer;
  try {
    call.peer = media ? await answerOffer(call) : null;
    answer = call.peer?.sdp ?? deafAnswer(sdp);
    if (call.state === 'ended') call.peer?.drop(); // a reset came in between
  } catch (error) {
    calls.delete(call.id);
    throw error;
  }
  const headers = { 'content-type': 'application/sdp', location: `/v1/realtime/calls/${call.id}`, 'x-request-id': requestId() };
  return { status: 201, headers, body: answer };
}

/** The offer, the session and whose they are: the server brings both in a form, a browser its offer and a secret. */
function asking(request, secrets) {
  const secret = secrets.of(request);
  if (secret) return { sdp: rawOffer(request), session: secret.asked, secret: secret.value, safetyIdentifier: secret.safetyIdentifier };
  authorize(request, API_KEY);
  return { ...callParts(request), secret: null, safetyIdentifier: request.headers['openai-safety-identifier'] ?? null };
}

/** The offer and the session out of the form. */
function callParts(request) {
  const type = request.headers['content-type'] ?? '';
  const parts = partsOf(request);
  if (!parts) {
    throw new Refused(`Unsupported content type: '${type}'. This API method only accepts 'multipart/form-data' requests.`, {
      code: 'unsupported_content_type',
    });
  }
  for (const [name, wanted] of [['sdp', 'application/sdp'], ['session', 'application/json']]) {
    const part = parts[name];
    if (!part) throw missingParameter(name);
    if (part.type === null || part.type.split(';')[0].trim() === wanted) continue;
    throw new Refused(`Unsupported content type of part '${name}': '${part.type}'.`, { code: 'unsupported_content_type', param: name });
  }
  const unknown = Object.keys(parts).find((name) => !['sdp', 'session'].includes(name));
  if (unknown) throw new Refused(`Unknown parameter: '${unknown}'.`, { code: 'unknown_parameter', param: unknown });
  try {
    return { sdp: parts.sdp.text, session: JSON.parse(parts.session.text) };
  } catch {
    throw new Refused("Invalid JSON in part 'session'.", { code: 'invalid_json', param: 'session' });
  }
}

function hangUp(request, calls, id) {
  authorize(request, API_KEY);
  const call = calls.get(id);
  if (!call || call.state === 'ended') throw trouble('call_id_not_found');
  call.end('api');
  return { status: 200, headers: { 'x-request-id': requestId() }, body: '' };
}

const DRIVE = {
  silence: 'boolean',
  open: 'boolean',
  say: 'string',
  hear: 'string or null',
  error: 'object',
  page: 'object',
  billed: 'object or null',
  flood: 'number',
  still: 'boolean',
  close: 'boolean',
  cut: 'boolean',
  lose: 'boolean',
  drop: 'boolean',
};

const FAILURE = { type: 'server_error', code: null, message: 'Simulated.', param: null, event_id: null };

/** What a test makes of a call; several things happen in the order of the list above. */
function drive(call, body) {
  checkFields(body, DRIVE);
  const { silence, open, say, hear, error, page, billed, flood, still, close, cut, lose, drop } = body;
  if (silence !== undefined) call.silent = silence;
  if (open) pretendOpen(call);
  if (say !== undefined) call.say(say);
  if (hear !== undefined) call.listener.say(hear);
  if (error) call.send('error', { error: { ...FAILURE, ...error } });
  if (page) call.receive(JSON.stringify(page), 'channel', () => {});
  if (billed !== undefined) call.billed = billed;
  if (flood !== undefined) call.flood(flood);
  if (still !== undefined) call.isStill = still;
  for (const socket of call.sockets) {
    if (close) socket.close(1001, 'Going away.');
    if (cut) socket.terminate();
  }
  if (lose) call.peer?.lose();
  if (drop) call.end('network');
}

/** What the browser of a call without media would have done. */
function pretendOpen(call) {
  if (call.media || call.state !== 'connecting') throw new BadRequest('Only a call without media can be opened, and once.');
  call.opened(() => {});
  call.receive('{"type":"response.create"}', 'control', () => {});
}

function listed({ id, state, media, offer, secret, safetyIdentifier, sockets, asked, session, events, received, ...when }) {
  const { startedAt, endedAt, hungUpBy } = when;
  const { instructions } = session;
  return {
    id, state, media, offers: [offer], secret, safetyIdentifier, startedAt, endedAt, hungUpBy, sideband: sockets.size, instructions, asked,
    session, events, received,
  };
}
