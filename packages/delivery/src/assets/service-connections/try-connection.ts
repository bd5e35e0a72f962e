// Tries a service connection where there is somebody to ask: a workspace's API, Microsoft Entra, a
// container registry, a cluster. What has nobody to ask is said to be not checked.
import { connectionValue, type ServiceConnection } from '@ridgeline/azure-pipelines';
import { keyOf } from '../check-words.ts';
import { authorityOf, SignInRefused, servicePrincipalToken, slashed } from './azure-token.ts';
import type { WholeConnection } from './check-connection.ts';
import { probe } from './probe.ts';
import type { ConnectionCheck } from './service-connection-info.ts';
import { tryRegistry } from './try-registry.ts';

export type CheckOutcome = Omit<ConnectionCheck, 'checkedAt'>;

/** @throws SignInRefused, Unreachable */
export async function tryConnection(connection: WholeConnection): Promise<CheckOutcome> {
  const scheme = keyOf(connection.scheme);
  switch (connection.type) {
    case 'ridgeline':
      return tryWorkspace(connection, scheme);
    case 'azurerm':
      return tryAzure(connection, scheme);
    case 'dockerregistry':
      return tryRegistry(connection, scheme);
    case 'kubernetes':
      return tryCluster(connection, scheme);
    case 'generic':
      return notChecked('a generic connection says nothing of how it could be tried');
  }
}

export function notChecked(message: string): CheckOutcome {
  return { status: 'NotChecked', message };
}

function passed(message: string): CheckOutcome {
  return { status: 'Passed', message };
}

async function tryWorkspace(connection: ServiceConnection, scheme: string): Promise<CheckOutcome> {
  const url = new URL('api/v1/me', slashed(connection.url ?? ''));
  const token =
    scheme === 'token'
      ? (connectionValue(connection, 'apitoken') ?? '')
      : await servicePrincipalToken(
          connection,
          connectionValue(connection, 'environmentAuthorityUrl') ?? slashed(connection.url ?? ''),
          'https://management.azure.com/.default',
        );
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await probe({ url: url.href, headers });
  if (status === 200) return passed(`${url.host} takes its token`);
  if (status === 401)
    throw new SignInRefused(
      `${url.host} refuses its token; make a new one with 'ridgeline token create'`,
    );
  throw new SignInRefused(
    `${url.host} answers with ${status}: is that the address of a Ridgeline server?`,
  );
}

async function tryAzure(connection: ServiceConnection, scheme: string): Promise<CheckOutcome> {
  if (scheme === 'serviceprincipal' && connectionValue(connection, 'serviceprincipalkey')) {
    const authority = authorityOf(connection);
    const scope = `${slashed(connection.url ?? 'https://management.azure.com/')}.default`;
    await servicePrincipalToken(connection, authority, scope);
    return passed(`${new URL(authority).host} signs its service principal in`);
  }
  return notChecked(`the first step that uses it signs in with its scheme ${connection.scheme}`);
}

async function tryCluster(connection: ServiceConnection, scheme: string): Promise<CheckOutcome> {
  const { url } = connection;
  if (scheme !== 'token' || url === undefined || !/^https?:/.test(url))
    return notChecked('the first step that uses it signs in with its kubeconfig');
  const encoded = connectionValue(connection, 'serviceAccountCertificate');
  const { status } = await probe({
    url: new URL('api', slashed(url)).href,
    headers: { authorization: `Bearer ${clusterToken(connection)}` },
    ...(encoded !== undefined && { authority: Buffer.from(encoded, 'base64').toString('utf8') }),
    acceptUntrusted: connectionValue(connection, 'acceptUntrustedCerts') === 'true',
  });
  const { host } = new URL(url);
  // 403: it knows who asks, and only does not list what there is.
  if (status === 200 || status === 403) return passed(`${host} takes its token`);
  if (status === 401) throw new SignInRefused(`the cluster ${host} refuses its token`);
  throw new SignInRefused(`${host} answers with ${status}: is that the address of a cluster?`);
}

/** Service account tokens come as they stand in the cluster's secret: base64 of a JWT. */
function clusterToken(connection: ServiceConnection): string {
  const token = connectionValue(connection, 'apitoken') ?? '';
  const decoded = Buffer.from(token, 'base64').toString('utf8');
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(decoded) ? decoded : token;
}
