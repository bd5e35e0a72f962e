// Secrets of a key vault, read with the service principal of an `azurerm` connection. They are asked
// for at each build and kept nowhere.
import { connectionValue, type ServiceConnection } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import type { VaultSecret } from '../variable-groups/variable-group.ts';
import { authorityOf, SignInRefused, servicePrincipalToken, slashed } from './azure-token.ts';
import { textField } from './json-field.ts';
import { probe, Unreachable } from './probe.ts';

const apiVersion = '7.4';

/** @throws DeliveryError DELIVERY_SECRET_UNAVAILABLE */
export async function readVaultSecret(
  connection: ServiceConnection,
  { vault, secret }: VaultSecret,
): Promise<string> {
  try {
    return await read(connection, vault, secret);
  } catch (error) {
    if (!(error instanceof SignInRefused || error instanceof Unreachable)) throw error;
    const message = `the secret '${secret}' of the vault '${vault}': ${error.message}`;
    throw new DeliveryError('DELIVERY_SECRET_UNAVAILABLE', message, { cause: error });
  }
}

async function read(connection: ServiceConnection, vault: string, secret: string): Promise<string> {
  const scope = 'https://vault.azure.net/.default';
  const url = new URL(
    `secrets/${encodeURIComponent(secret)}?api-version=${apiVersion}`,
    vaultAddress(connection, vault),
  );
  const token = await servicePrincipalToken(connection, authorityOf(connection), scope);
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await probe({ url: url.href, headers });
  if (status === 404) throw new SignInRefused('there is none of that name');
  if (status !== 200)
    throw new SignInRefused(
      `${url.host} answers with ${status}; the principal of '${connection.name}' needs the right to get secrets`,
    );
  const value = textField(body, 'value');
  if (value !== undefined) return value;
  throw new SignInRefused(`${url.host} gives no value`);
}

/** Said by the connection alone: who writes a variable must not choose where its token goes. */
function vaultAddress(connection: ServiceConnection, vault: string): string {
  const known = connectionValue(connection, 'keyVaultUrl');
  if (known !== undefined) return slashed(known);
  const suffix = connectionValue(connection, 'azureKeyVaultDnsSuffix') ?? 'vault.azure.net';
  return `https://${vault}.${suffix}/`;
}
