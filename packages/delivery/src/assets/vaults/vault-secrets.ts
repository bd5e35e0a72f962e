// Secrets of a key vault, read with the service principal of an `azurerm` connection. They are asked
// for at each build and kept nowhere.
import { connectionValue, type ServiceConnection } from '@ridgeline/azure-pipelines';
import {
  authorityOf,
  SignInRefused,
  servicePrincipalToken,
  slashed,
} from '../service-connections/azure-token.ts';
import { textField } from '../service-connections/json-field.ts';
import { probe, Unreachable } from '../service-connections/probe.ts';
import type { VaultSecret } from '../variable-groups/variable-group.ts';

const apiVersion = '7.4';

/** A connection that has signed in. */
export interface VaultSession {
  readonly connection: ServiceConnection;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** @throws SignInRefused, Unreachable */
export async function signInToVaults(
  connection: ServiceConnection,
  signal: AbortSignal,
): Promise<VaultSession> {
  const scope = 'https://vault.azure.net/.default';
  const token = await servicePrincipalToken(connection, authorityOf(connection), scope, signal);
  return { connection, token, signal };
}

/** @throws SignInRefused, Unreachable */
export async function readVaultSecret(
  { connection, token, signal }: VaultSession,
  { vault, secret }: VaultSecret,
): Promise<string> {
  const url = new URL(
    `secrets/${encodeURIComponent(secret)}?api-version=${apiVersion}`,
    vaultAddress(connection, vault),
  );
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await probe({ url: url.href, headers, signal });
  if (status !== 200) throw refusal(status, url.host, connection);
  const value = textField(body, 'value');
  // No process takes a variable with a zero in it.
  if (value?.isWellFormed() && !value.includes('\0')) return value;
  throw new SignInRefused(
    `${url.host} gives no value that is text; is that the address of a key vault?`,
  );
}

function refusal(status: number, host: string, { name }: ServiceConnection): Error {
  if (status === 404) return new SignInRefused('there is none of that name');
  if (status === 401 || status === 403)
    return new SignInRefused(
      `${host} answers with ${status}; the principal of '${name}' needs the right to get secrets`,
    );
  if (status === 429 || status >= 500) return new Unreachable(`${host} answers with ${status}`);
  return new SignInRefused(`${host} answers with ${status}; is that the address of a key vault?`);
}

/** Said by the connection alone: who writes a variable must not choose where its token goes. */
function vaultAddress(connection: ServiceConnection, vault: string): string {
  const known = connectionValue(connection, 'keyVaultUrl');
  if (known !== undefined) return slashed(known);
  const suffix = connectionValue(connection, 'azureKeyVaultDnsSuffix') ?? 'vault.azure.net';
  return `https://${vault}.${suffix}/`;
}
