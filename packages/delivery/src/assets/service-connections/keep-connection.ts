// Writes a service connection: its secrets into the workspace's store, then its row, and the earlier
// secrets are taken away.
import type { Clock, Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';
import { SecretChanges } from '../asset-secrets.ts';
import { keyOf } from '../check-words.ts';
import { changedPermissions } from '../pipeline-permissions.ts';
import type { DatedOutcome } from './assess-connection.ts';
import type { WholeConnection } from './check-connection.ts';
import { isSecretParameter } from './connection-kinds.ts';
import { putConnection, type StoredConnection, secretParameters } from './connection-store.ts';
import type { ServiceConnectionChanges } from './service-connection-info.ts';

export interface ConnectionKeeper {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** What a row has besides the connection itself. */
export interface ConnectionSurroundings {
  readonly outcome: DatedOutcome;
  readonly allow_all_pipelines: number;
  readonly pipelines: readonly string[];
  readonly created: Pick<StoredConnection['row'], 'created_by' | 'created_at'>;
}

/** All but the outcome of its check. */
export function keptOf(earlier: StoredConnection, changes: ServiceConnectionChanges) {
  const { created_by, created_at } = earlier.row;
  return { ...changedPermissions(earlier, changes), created: { created_by, created_at } };
}

/** @param assertStill in the transaction: that it may be written yet. */
export async function keepConnection(
  connection: WholeConnection,
  surroundings: ConnectionSurroundings,
  earlier: StoredConnection | null,
  { database, secrets, clock }: ConnectionKeeper,
  assertStill: (tables: DeliveryWriter) => Promise<void>,
): Promise<void> {
  const changes = new SecretChanges(secrets);
  await changes.finish(async () => {
    const parameters = await keepParameters(connection.parameters, changes);
    if (earlier !== null) changes.drop(Object.values(secretParameters(earlier.row)));
    const row = { ...rowOf(connection, surroundings), ...parameters, updated_at: clock() };
    await database.write(async (tables) => {
      await assertStill(tables);
      await putConnection(tables, { row, pipelines: surroundings.pipelines });
    });
  });
}

async function keepParameters(parameters: WholeConnection['parameters'], secrets: SecretChanges) {
  const open: (readonly [string, string])[] = [];
  const kept: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (isSecretParameter(name)) kept.push([name, await secrets.keep(value)]);
    else open.push([name, value]);
  }
  return {
    parameters: JSON.stringify(Object.fromEntries(open)),
    secret_parameters: JSON.stringify(Object.fromEntries(kept)),
  };
}

function rowOf(
  { id, name, type, description, url, scheme, data }: WholeConnection,
  { outcome, allow_all_pipelines, created }: ConnectionSurroundings,
) {
  return {
    connection_id: id,
    name,
    name_key: keyOf(name),
    description,
    type,
    url: url ?? null,
    scheme,
    data: JSON.stringify(data),
    allow_all_pipelines,
    check_status: outcome.status,
    check_message: outcome.message,
    checked_at: outcome.checkedAt,
    ...created,
  };
}
