// What the authorization server says of itself (OpenID Connect Discovery, RFC 8414), and its keys.
import type { Authority } from './authority.ts';
import { algorithm, publicJwk } from './signing-keys.ts';

export const grantTypes = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const;

export function metadata({ publicUrl, tenantId, issuer }: Authority): object {
  const base = `${publicUrl}/${tenantId}`;
  return {
    issuer,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    revocation_endpoint: `${base}/oauth2/v2.0/revoke`,
    userinfo_endpoint: `${base}/oidc/userinfo`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    grant_types_supported: grantTypes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    scopes_supported: ['openid', 'profile', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'client_secret_basic',
      'private_key_jwt',
      'none',
    ],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'preferred_username', 'tid'],
  };
}

/** Where a client that knows nothing but the server's address gets a token (RFC 9728). */
export function resourceMetadata({ publicUrl, issuer }: Authority): object {
  return {
    resource: publicUrl,
    authorization_servers: [issuer],
    bearer_methods_supported: ['header'],
    resource_name: 'Ridgeline',
  };
}

export async function jwks({ keys }: Authority): Promise<object> {
  return { keys: (await keys.published()).map(publicJwk) };
}
