// A service connection with its secrets in clear, for a build or to be changed.
import type { Secrets } from '@ridgeline/workspace';
import type { WholeConnection } from './check-connection.ts';
import { type StoredConnection, secretParameters } from './connection-store.ts';
import type { ConnectionType } from './service-connection-info.ts';

/** @throws RidgelineError SECRET_NOT_FOUND, SECRET_KEY_WRONG */
export async function wholeConnection(
  { row }: StoredConnection,
  secrets: Secrets,
): Promise<WholeConnection> {
  const secret: Record<string, string> = {};
  for (const [name, kept] of Object.entries(secretParameters(row)))
    secret[name] = await secrets.get(kept);
  return {
    id: row.connection_id,
    name: row.name,
    type: row.type as ConnectionType,
    description: row.description,
    ...(row.url !== null && { url: row.url }),
    scheme: row.scheme,
    parameters: { ...JSON.parse(row.parameters), ...secret },
    data: JSON.parse(row.data),
  };
}
