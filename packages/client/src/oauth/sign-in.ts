// Getting tokens from a server's authorization server: by a code that a person confirms in a browser
// (RFC 8628), by a service principal's secret, and by a refresh token.

import { clientError } from '../errors.ts';

/** Where tokens come from, by the server's own word. */
export interface AuthorizationServer {
  readonly issuer: string;
  readonly tokenUrl: string;
  readonly deviceUrl: string;
  readonly revocationUrl: string;
}

export interface DeviceSignIn {
  /** What the person opens. */
  readonly url: string;
  /** What the person types there. */
  readonly userCode: string;
  readonly deviceCode: string;
  readonly intervalMs: number;
  readonly expiresAt: number;
}

export interface OAuthTokens {
  readonly accessToken: string;
  /** Null for a service principal, which asks again with its secret. */
  readonly refreshToken: string | null;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const clientId = 'ridgeline-cli';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const timeoutMs = 30_000;

/** @throws ApiError SIGN_IN_FAILED */
export async function authorizationServerOf(url: string): Promise<AuthorizationServer> {
  const base = url.replace(/\/+$/, '');
  const resource = await getJson(`${base}/.well-known/oauth-protected-resource`);
  const [named] = Array.isArray(resource.authorization_servers)
    ? resource.authorization_servers
    : [];
  const issuer = URL.parse(String(named));
  if (issuer === null)
    throw failed(`${base} names no authorization server; is it a Ridgeline server?`);
  // The same server, whatever name it knows itself by: secrets go nowhere else.
  const own = `${base}${issuer.pathname.replace(/\/v2\.0$/, '')}`;
  return {
    issuer: issuer.href,
    tokenUrl: `${own}/oauth2/v2.0/token`,
    deviceUrl: `${own}/oauth2/v2.0/devicecode`,
    revocationUrl: `${own}/oauth2/v2.0/revoke`,
  };
}

/** @throws ApiError SIGN_IN_FAILED */
export async function beginDeviceSignIn(server: AuthorizationServer): Promise<DeviceSignIn> {
  const form = { client_id: clientId, scope: 'openid profile offline_access' };
  const { ok, json } = await postForm(server.deviceUrl, form);
  if (!ok) throw refused(json);
  return {
    url: String(json.verification_uri),
    userCode: String(json.user_code),
    deviceCode: String(json.device_code),
    intervalMs: 1000 * (Number(json.interval) || 5),
    expiresAt: Date.now() + 1000 * Number(json.expires_in),
  };
}

/** Null while the person has not confirmed yet. @throws ApiError SIGN_IN_FAILED */
export async function pollDeviceSignIn(
  server: AuthorizationServer,
  { deviceCode }: DeviceSignIn,
): Promise<OAuthTokens | null> {
  const form = { grant_type: deviceGrant, client_id: clientId, device_code: deviceCode };
  const { ok, json } = await postForm(server.tokenUrl, form);
  if (ok) return toTokens(json);
  if (json.error === 'authorization_pending' || json.error === 'slow_down') return null;
  throw refused(json);
}

/** @throws ApiError SIGN_IN_FAILED */
export async function refreshTokens(
  server: AuthorizationServer,
  refreshToken: string,
): Promise<OAuthTokens> {
  const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  const { ok, json } = await postForm(server.tokenUrl, form);
  if (ok) return toTokens(json);
  throw refused(json);
}

/** What a service principal signs in with: its secret, or a token that stands for it. */
export type ClientCredentials = { readonly clientId: string } & (
  | { readonly secret: string }
  | { readonly assertion: string }
);

/** @param tenant its id or name. @throws ApiError SIGN_IN_FAILED */
export async function clientCredentialsTokens(
  url: string,
  tenant: string,
  credentials: ClientCredentials,
): Promise<OAuthTokens> {
  const form = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    ...proofOf(credentials),
    scope: 'api://ridgeline/.default',
  };
  const base = url.replace(/\/+$/, '');
  const tokenUrl = `${base}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
  const { ok, json } = await postForm(tokenUrl, form);
  if (ok) return toTokens(json);
  throw refused(json);
}

function proofOf(credentials: ClientCredentials): Readonly<Record<string, string>> {
  if ('secret' in credentials) return { client_secret: credentials.secret };
  return { client_assertion_type: assertionType, client_assertion: credentials.assertion };
}

/** Ends the refresh token, and all that came of the same sign-in. */
export async function revokeTokens(server: AuthorizationServer, token: string): Promise<void> {
  const { ok, json } = await postForm(server.revocationUrl, { client_id: clientId, token });
  if (!ok) throw refused(json);
}

type Json = Readonly<Record<string, unknown>>;

async function getJson(url: string): Promise<Json> {
  const { ok, json } = await call(url, {});
  if (ok) return json;
  throw failed(
    `${url} cannot be read; is it a Ridgeline server, and is it new enough to sign in to?`,
  );
}

function postForm(url: string, form: Readonly<Record<string, string>>) {
  return call(url, { method: 'POST', body: new URLSearchParams(form) });
}

async function call(url: string, init: RequestInit): Promise<{ ok: boolean; json: Json }> {
  const signal = AbortSignal.timeout(timeoutMs);
  const headers = { accept: 'application/json' };
  try {
    const answer = await fetch(url, { ...init, headers, signal, redirect: 'error' });
    const text = await answer.text();
    return { ok: answer.ok, json: text === '' ? {} : ((JSON.parse(text) as Json | null) ?? {}) };
  } catch (error) {
    throw failed(
      `${new URL(url).origin} does not answer as it should: ${(error as Error).message}`,
    );
  }
}

function toTokens(json: Json): OAuthTokens {
  return {
    accessToken: String(json.access_token),
    refreshToken: typeof json.refresh_token === 'string' ? json.refresh_token : null,
    expiresAt: Date.now() + 1000 * Number(json.expires_in),
  };
}

function refused({ error, error_description }: Json) {
  // What Entra's clients read from it is of no use to people.
  const text = String(error_description ?? error).replace(/ Trace ID: .*/s, '');
  return failed(`the server refused: ${text}`);
}

function failed(message: string) {
  return clientError('SIGN_IN_FAILED', message);
}
