// The `Authorization` header that a service connection stands for.

import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import { TaskFailure } from '../task-outcome.ts';
import { sendRequest } from './send-request.ts';
import type { ServerTaskContext } from './server-task.ts';

const publicAuthority = 'https://login.microsoftonline.com/';
const managementResource = 'https://management.azure.com/';

/** Undefined for a connection without credentials. */
export async function authorizationOf(
  context: ServerTaskContext,
  connection: ServiceConnection,
): Promise<string | undefined> {
  const scheme = connection.scheme.toLowerCase();
  if (scheme === 'none') return undefined;
  if (scheme === 'serviceprincipal')
    return `Bearer ${await clientCredentials(context, connection)}`;
  if (scheme === 'usernamepassword') return basic(context, connection);
  const token =
    connectionValue(connection, 'apitoken') ?? connectionValue(connection, 'accesstoken');
  if (token === undefined) {
    throw new TaskFailure(
      `The service connection '${connection.name}' has the scheme ${connection.scheme} and no token; expected ServicePrincipal, UsernamePassword, Token or None`,
    );
  }
  context.variables.addSecret(token);
  return `Bearer ${token}`;
}

function basic(context: ServerTaskContext, connection: ServiceConnection): string {
  const user = connectionValue(connection, 'username') ?? '';
  const password = connectionValue(connection, 'password') ?? '';
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  context.variables.addSecret(encoded);
  return `Basic ${encoded}`;
}

/** OAuth 2.0 client credentials, as Microsoft Entra takes them. */
async function clientCredentials(
  context: ServerTaskContext,
  connection: ServiceConnection,
): Promise<string> {
  const part = (name: string) => required(connection, name);
  const authority = connectionValue(connection, 'environmentAuthorityUrl') ?? publicAuthority;
  const url = new URL(
    `${encodeURIComponent(part('tenantid'))}/oauth2/v2.0/token`,
    slashed(authority),
  );
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: part('serviceprincipalid'),
    client_secret: part('serviceprincipalkey'),
    scope: `${connectionValue(connection, 'resource') ?? managementResource}.default`,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', url: url.href, headers, body: form.toString() };
  const response = await sendRequest(context, request);
  const token = accessToken(response.body);
  if (response.status !== 200 || token === undefined) {
    throw new TaskFailure(
      `The service connection '${connection.name}' was refused by ${url.host} with status ${response.status}; check its client id, secret and tenant`,
    );
  }
  context.variables.addSecret(token);
  return token;
}

function required(connection: ServiceConnection, name: string): string {
  const value = connectionValue(connection, name);
  if (value !== undefined && value !== '') return value;
  throw new TaskFailure(`The service connection '${connection.name}' has no '${name}'`);
}

function accessToken(body: string): string | undefined {
  try {
    const token: unknown = JSON.parse(body)?.access_token;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

export function slashed(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
