// The authorization server for people: codes with PKCE, device codes, refresh tokens. The protocol is
// the certified library's; here stands what it may do, and what its pages look like.
import { hash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import Provider, {
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { accountOf } from './account.ts';
import type { Authority } from './authority.ts';
import { cliClient } from './cli-client.ts';
import { RecordAdapter } from './record-adapter.ts';
import { codePage, confirmCodePage, notePage } from './sign-in/forms.ts';
import { wordsFor } from './sign-in/language.ts';
import { pageHeaders } from './sign-in/page.ts';
import type { SigningKey } from './signing-keys.ts';

// Below the tenant, as Entra has them.
const routes = {
  authorization: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  device_authorization: '/oauth2/v2.0/devicecode',
  code_verification: '/oauth2/deviceauth',
  revocation: '/oauth2/v2.0/revoke',
  userinfo: '/oidc/userinfo',
  jwks: '/discovery/v2.0/keys',
};

const minute = 60;
const day = 24 * 60 * minute;

/** @param keys the first of them signs. */
export function peopleProvider(
  authority: Authority,
  keys: readonly SigningKey[],
  onError: (error: Error) => void,
): Provider {
  const provider = new Provider(authority.issuer, configuration(authority, keys));
  // The headers that this stands for are set by the server itself, and never by a caller.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => onError(error));
  (provider as EventEmitter).on('error', onError);
  return provider;
}

function configuration(authority: Authority, keys: readonly SigningKey[]): Configuration {
  const { identity, tenantId } = authority;
  return {
    adapter: (model) => new RecordAdapter(identity.oauthRecords, model),
    clients: [structuredClone(cliClient) as unknown as ClientMetadata],
    jwks: { keys: keys.map(({ jwk, kid }) => ({ ...jwk, kid, alg: 'RS256', use: 'sig' })) },
    routes,
    cookies: { keys: [cookieKey(keys)], short: cookie, long: cookie },
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { openid: ['sub', 'tid', 'roles'], profile: ['name', 'preferred_username'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
      deviceFlow: { enabled: true, mask: '****-****', ...devicePages },
    },
    ttl: {
      AuthorizationCode: minute,
      AccessToken: 15 * minute,
      IdToken: 15 * minute,
      DeviceCode: 10 * minute,
      Interaction: 10 * minute,
      RefreshToken: 14 * day,
      Session: day / 3,
      Grant: 30 * day,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    clientBasedCORS: () => false,
    interactions: { url: (_ctx, { uid }) => `/${tenantId}/signin/${uid}` },
    findAccount: async (_ctx, accountId) => {
      const member = await accountOf(identity, accountId);
      if (member === null) return undefined;
      const { name, role } = member;
      const claims = { name, preferred_username: name, tid: tenantId, roles: [role] };
      return { accountId, claims: () => ({ sub: accountId, ...claims }) };
    },
    renderError: (ctx, out) => showPage(ctx, notePage(words(ctx), 'gone', 'goneHint'), out.error),
  };
}

const cookie = { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const;

const devicePages = {
  userCodeInputSource: showCodeForm,
  userCodeConfirmSource: (
    ctx: KoaContextWithOIDC,
    _form: string,
    client: { readonly clientName?: string; readonly clientId: string },
    _device: object,
    userCode: string,
  ) =>
    showPage(
      ctx,
      confirmCodePage(words(ctx), codeForm(ctx), userCode, client.clientName ?? client.clientId),
    ),
  successSource: (ctx: KoaContextWithOIDC) => showPage(ctx, notePage(words(ctx), 'done', 'close')),
};

function showCodeForm(ctx: KoaContextWithOIDC, _form: string, _out?: object, error?: object): void {
  const session = ctx.oidc.session as { exp?: number; destroyed?: boolean } | undefined;
  if (error === undefined || typeof session?.exp === 'number') {
    showPage(ctx, codePage(words(ctx), codeForm(ctx), error !== undefined));
    return;
  }
  // A browser that brings no session has none that the library could keep its form in, though it tries.
  if (session !== undefined) session.destroyed = true;
  showPage(ctx, notePage(words(ctx), 'gone', 'goneHint'));
}

function codeForm(ctx: KoaContextWithOIDC) {
  const state = ctx.oidc.session?.state as { readonly secret?: string } | undefined;
  return { action: ctx.oidc.urlFor('code_verification'), xsrf: state?.secret ?? '' };
}

function words(ctx: KoaContextWithOIDC) {
  return wordsFor(ctx.get('accept-language'));
}

function showPage(ctx: KoaContextWithOIDC, body: string, error?: string): void {
  ctx.set({ ...pageHeaders });
  if (error !== undefined) ctx.set('x-oauth-error', error.replace(/[^\w-]/g, ''));
  ctx.type = 'html';
  ctx.body = body;
}

// Made of what only the server knows, so that there is one secret less to keep.
function cookieKey([key]: readonly SigningKey[]): string {
  return hash('sha256', `cookies ${key?.jwk.d}`, 'base64url');
}
