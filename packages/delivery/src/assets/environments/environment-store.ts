// Keeps environments and what was deployed to them.
import type { DeploymentTable, EnvironmentTable } from '../../database/asset-tables.ts';
import type { DeliveryReader, DeliveryWriter } from '../../database/delivery-database.ts';
import { newId } from '../asset-row.ts';
import { keyOf } from '../check-words.ts';
import type { DeploymentRecord } from './delivery-environment.ts';

export type EnvironmentRow = Readonly<EnvironmentTable>;
export type DeploymentRow = Readonly<DeploymentTable>;

export async function findEnvironment(
  tables: DeliveryReader,
  name: string,
): Promise<EnvironmentRow | null> {
  const query = tables.selectFrom('delivery_environments').selectAll();
  return (await query.where('name_key', '=', keyOf(name)).executeTakeFirst()) ?? null;
}

/** By name. */
export async function listEnvironments(
  tables: DeliveryReader,
  limit: number,
): Promise<readonly EnvironmentRow[]> {
  const query = tables.selectFrom('delivery_environments').selectAll();
  return query.orderBy('name_key').limit(limit).execute();
}

/** In the place of what was there. */
export async function putEnvironment(tables: DeliveryWriter, row: EnvironmentRow): Promise<void> {
  const { environment_id, ...change } = row;
  const insert = tables.insertInto('delivery_environments').values(row);
  await insert.onConflict((on) => on.column('environment_id').doUpdateSet(change)).execute();
}

/** With its history. */
export async function deleteEnvironment(tables: DeliveryWriter, id: string): Promise<void> {
  for (const table of ['deployments', 'delivery_environments'] as const) {
    await tables.deleteFrom(table).where('environment_id', '=', id).execute();
  }
}

/** The newest first. */
export async function listDeployments(
  tables: DeliveryReader,
  environmentId: string,
  limit: number,
): Promise<readonly DeploymentRow[]> {
  const query = tables.selectFrom('deployments').selectAll();
  const found = query.where('environment_id', '=', environmentId);
  return found.orderBy('sequence', 'desc').limit(limit).execute();
}

/** What is recorded again, as after a crash, takes the place of the first record. */
export async function putDeployment(
  tables: DeliveryWriter,
  environmentId: string,
  deployment: DeploymentRecord,
  now: number,
): Promise<void> {
  const { last } = await tables
    .selectFrom('deployments')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  const row = deploymentRow(environmentId, deployment, now);
  const { status, ended_at } = row;
  await tables
    .insertInto('deployments')
    .values({ ...row, sequence: Number(last ?? 0) + 1 })
    .onConflict((on) =>
      on
        .columns(['environment_id', 'build_id', 'stage', 'job', 'attempt'])
        .doUpdateSet({ status, ended_at }),
    )
    .execute();
}

function deploymentRow(
  environmentId: string,
  { buildId, buildNumber, requestedBy, commit, ...deployment }: DeploymentRecord,
  now: number,
): Omit<DeploymentRow, 'sequence'> {
  return {
    ...deployment,
    deployment_id: newId(),
    environment_id: environmentId,
    build_id: buildId,
    build_number: buildNumber,
    commit_id: commit,
    requested_by: requestedBy,
    started_at: now,
    ended_at: deployment.status === 'InProgress' ? null : now,
  };
}
