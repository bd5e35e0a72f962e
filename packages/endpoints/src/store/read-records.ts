// Reads the records of endpoints, within a transaction of the caller.

import type { Transaction } from 'kysely';
import { type EndpointRecord, endpointRecord } from './endpoint-record.ts';
import type { EndpointTables } from './tables.ts';

/** All endpoints by name. */
export async function listRecords(reader: Transaction<EndpointTables>): Promise<EndpointRecord[]> {
  const rows = await reader.selectFrom('endpoints').selectAll().orderBy('name').execute();
  const deployments = await reader.selectFrom('endpoint_deployments').selectAll().execute();
  const ofEndpoint = Map.groupBy(deployments, (deployment) => deployment.endpoint_name);
  return rows.map((row) => endpointRecord(row, ofEndpoint.get(row.name) ?? []));
}

/** Null when there is no endpoint of that name. */
export async function readRecord(
  reader: Transaction<EndpointTables>,
  name: string,
): Promise<EndpointRecord | null> {
  const row = await reader
    .selectFrom('endpoints')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  if (!row) return null;
  const deployments = await reader
    .selectFrom('endpoint_deployments')
    .selectAll()
    .where('endpoint_name', '=', name)
    .execute();
  return endpointRecord(row, deployments);
}
