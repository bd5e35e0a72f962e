// The rows that a new spec makes: the endpoint with its next generation, and the deployment.

import { type Insertable, sql, type Transaction } from 'kysely';
import type { CheckedSpec } from '../endpoint/check-spec.ts';
import { beingDeleted } from '../endpoint/endpoint-errors.ts';
import { EndpointError } from '../errors.ts';
import type { EndpointDeploymentsTable, EndpointsTable, EndpointTables } from './tables.ts';

/** A checked spec whose model version is settled. */
export type ResolvedSpec = CheckedSpec & { readonly modelVersion: string };

/** Brings the endpoint's row up to the spec, and returns the generation of its new deployment. */
export async function claimGeneration(
  transaction: Transaction<EndpointTables>,
  name: string,
  spec: ResolvedSpec,
  now: number,
): Promise<number> {
  const existing = await findByNameInAnyCase(transaction, name);
  if (!existing) {
    await transaction
      .insertInto('endpoints')
      .values(endpointRow(name, spec, now))
      .execute();
    return 1;
  }
  checkUsable(existing, name);
  const serving = await transaction
    .selectFrom('endpoint_deployments')
    .select('generation')
    .where('endpoint_name', '=', name)
    .where('traffic', '>', 0)
    .executeTakeFirst();
  await transaction
    .updateTable('endpoints')
    .set({
      description: spec.description,
      tags: JSON.stringify(spec.tags),
      provisioning_state: serving ? 'Updating' : 'Creating',
      error_code: null,
      error_message: null,
      error_details: null,
      next_generation: existing.next_generation + 1,
      updated_at: now,
    })
    .where('name', '=', name)
    .execute();
  return existing.next_generation;
}

export function deploymentRow(
  name: string,
  generation: number,
  spec: ResolvedSpec,
): Insertable<EndpointDeploymentsTable> {
  return {
    endpoint_name: name,
    generation,
    name: spec.deploymentName,
    model_name: spec.modelName,
    model_version: spec.modelVersion,
    code_id: spec.codeId,
    scoring_script: spec.scoringScript,
    environment_variables: JSON.stringify(spec.environmentVariables),
    traffic: 0,
    state: 'Starting',
  };
}

function endpointRow(name: string, spec: ResolvedSpec, now: number): Insertable<EndpointsTable> {
  return {
    name,
    description: spec.description,
    tags: JSON.stringify(spec.tags),
    provisioning_state: 'Creating',
    error_code: null,
    error_message: null,
    error_details: null,
    next_generation: 2,
    created_at: now,
    updated_at: now,
  };
}

async function findByNameInAnyCase(transaction: Transaction<EndpointTables>, name: string) {
  return transaction
    .selectFrom('endpoints')
    .selectAll()
    .where(sql<string>`lower(name)`, '=', name.toLowerCase())
    .executeTakeFirst();
}

function checkUsable(existing: Pick<EndpointsTable, 'name' | 'provisioning_state'>, name: string) {
  if (existing.name !== name) {
    // On a file system that does not tell case apart the two would share a folder.
    throw new EndpointError(
      'ENDPOINT_NAME_IN_USE',
      `endpoint name '${name}' differs from the existing '${existing.name}' in case only; ` +
        'use that endpoint, or another name',
    );
  }
  if (existing.provisioning_state === 'Deleting') throw beingDeleted(name);
}
