// A token of Microsoft Entra, or of whatever speaks its protocol, for a service principal: OAuth 2.0
// client credentials.
import { connectionValue, type ServiceConnection } from '@ridgeline/azure-pipelines';
import { textField } from './json-field.ts';
import { probe, Unreachable } from './probe.ts';

export const publicAuthority = 'https://login.microsoftonline.com/';

/** Said of the connection, without any of its secrets. */
export class SignInRefused extends Error {}

/** @param scope such as `https://vault.azure.net/.default` @throws SignInRefused, Unreachable */
export async function servicePrincipalToken(
  connection: ServiceConnection,
  authority: string,
  scope: string,
  signal?: AbortSignal,
): Promise<string> {
  const part = (name: string) => connectionValue(connection, name) ?? '';
  const url = new URL(
    `${encodeURIComponent(part('tenantid'))}/oauth2/v2.0/token`,
    slashed(authority),
  );
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: part('serviceprincipalid'),
    client_secret: part('serviceprincipalkey'),
    scope,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = form.toString();
  const answer = await probe({ method: 'POST', url: url.href, headers, body, signal });
  const token = textField(answer.body, 'access_token');
  if (answer.status === 200 && token !== undefined) return token;
  throw refusal(answer.status, url.host);
}

function refusal(status: number, host: string): Error {
  if (status === 429 || status >= 500) return new Unreachable(`${host} answers with ${status}`);
  if (status < 400)
    return new SignInRefused(
      `${host} answers with ${status} and no token; is that the address of an authority?`,
    );
  return new SignInRefused(
    `${host} refuses the service principal with ${status}; check its tenantid, serviceprincipalid and serviceprincipalkey`,
  );
}

export function authorityOf(connection: ServiceConnection): string {
  return connectionValue(connection, 'environmentAuthorityUrl') ?? publicAuthority;
}

export function slashed(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
