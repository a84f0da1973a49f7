// What Clerk's answers look like.

import { randomBytes } from 'node:crypto';

import { json } from './http.mjs';

/** Clerk's shape of a refusal. */
export function refusal(status, code, message) {
  const trace = randomBytes(16).toString('hex');
  return json(status, { errors: [{ code, message, long_message: message, meta: {} }], clerk_trace_id: trace });
}

/** A person as the Backend API tells it. */
export function userJson({ id, name, email, createdAt }, url) {
  const [first, ...rest] = (name ?? '').split(' ');
  const address = email === null ? [] : [{
    id: `idn_${id.slice('user_'.length)}`, object: 'email_address', email_address: email, reserved: false,
    verification: { status: 'verified', strategy: 'admin' }, linked_to: [],
  }];
  return {
    id, object: 'user', username: null, first_name: first || null, last_name: rest.join(' ') || null,
    image_url: `${url}/images/${id}.svg`, has_image: false,
    primary_email_address_id: address[0]?.id ?? null, primary_phone_number_id: null, primary_web3_wallet_id: null,
    password_enabled: true, two_factor_enabled: false, totp_enabled: false, backup_code_enabled: false,
    email_addresses: address, phone_numbers: [], web3_wallets: [], external_accounts: [], enterprise_accounts: [],
    public_metadata: {}, private_metadata: {}, unsafe_metadata: {}, external_id: null,
    last_sign_in_at: createdAt, banned: false, locked: false, created_at: createdAt, updated_at: createdAt,
    delete_self_enabled: true, create_organization_enabled: true, last_active_at: createdAt,
  };
}

export const deletedJson = (id) => ({ id, object: 'user', deleted: true });

/** An event as Clerk wraps it; what `event` says itself stands. */
export function eventJson(event) {
  const http = { client_ip: '192.0.2.1', user_agent: 'Simulator' };
  return { object: 'event', timestamp: Date.now(), instance_id: 'ins_simulated', event_attributes: { http_request: http }, ...event };
}
