/** The microphone of an interview. Its faults are those of the lobby, as one error. */
import { faultOf } from './lobby/microphone.js';

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** `code` is `microphone_` and a state of the lobby: denied, unasked, system, none, busy, missing or failed. */
export class MicrophoneError extends Error {
  constructor(fault) {
    super(`microphone_${fault}`);
    this.code = this.message;
  }
}

const permissionOf = async (env) => (await env.permissions?.query({ name: 'microphone' }).catch(() => null))?.state;

/**
 * @param {{ deviceId?: string | null, env?: any }} [options]
 * @returns {Promise<MediaStream>}
 */
export async function openMicrophone({ deviceId = null, env = navigator } = {}) {
  if (!env.mediaDevices?.getUserMedia) throw new MicrophoneError('missing');
  try {
    return await env.mediaDevices.getUserMedia({ audio: { ...SOUND, ...(deviceId && { deviceId: { ideal: deviceId } }) } });
  } catch (error) {
    throw new MicrophoneError(faultOf(error, await permissionOf(env)));
  }
}

/** @param {MediaStream | null} stream */
export const closeStream = (stream) => stream?.getTracks().forEach((track) => track.stop());
