// The client credentials grant (RFC 6749, section 4.4), in the forms of both versions of Entra.
import { type Authority, accessTokenSeconds } from './authority.ts';
import { type ClientGate, readProof } from './client-proof.ts';
import { knownResource, resourceOfScope } from './resource.ts';
import { required, type TokenForm } from './token-request.ts';

export interface TokenCall {
  readonly form: TokenForm;
  readonly authorization: string | undefined;
  /** The address that the request comes from. */
  readonly place: string;
}

/** v2.0: `scope=<resource>/.default`. @throws OAuthError */
export async function tokenByScope(authority: Authority, gate: ClientGate, call: TokenCall) {
  const proof = readProof(call.form, call.authorization);
  const resource = resourceOfScope(required(call.form, 'scope'), authority.audiences);
  const client = await gate.admit(proof, call.place);
  const { token } = await authority.sign(client, resource, '2.0');
  const expires_in = accessTokenSeconds - 1;
  return { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token: token };
}

/** v1: `resource=<resource>`; whole numbers are texts here. @throws OAuthError */
export async function tokenByResource(authority: Authority, gate: ClientGate, call: TokenCall) {
  const proof = readProof(call.form, call.authorization);
  const resource = knownResource(required(call.form, 'resource'), authority.audiences);
  const client = await gate.admit(proof, call.place);
  const { token, expiresAt } = await authority.sign(client, resource, '1.0');
  const expires_in = String(accessTokenSeconds - 1);
  return {
    token_type: 'Bearer',
    expires_in,
    ext_expires_in: expires_in,
    expires_on: String(expiresAt),
    not_before: String(expiresAt - accessTokenSeconds),
    resource,
    access_token: token,
  };
}
