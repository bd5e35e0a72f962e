// The face of environments: made, changed and read here, with their checks and the history of what
// was deployed to them.
import { randomUUID } from 'node:crypto';
import { type EnvironmentResource, shorten } from '@ridgeline/azure-pipelines';
import type { Clock } from '@ridgeline/workspace';
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import { environmentKind, notFound } from '../asset-problem.ts';
import { assetLimits, checkName, checkText, keyOf } from '../check-words.ts';
import { Mistakes } from '../mistakes.ts';
import { completeChecks } from './check-specs.ts';
import type {
  DeliveryEnvironment,
  DeliveryEnvironmentChanges,
  Deployment,
  DeploymentRecord,
  DeploymentStatus,
  NewDeliveryEnvironment,
} from './delivery-environment.ts';
import type { EnvironmentCheck } from './environment-check.ts';
import {
  type DeploymentRow,
  deleteEnvironment,
  type EnvironmentRow,
  environmentNames,
  findEnvironment,
  listDeployments,
  listEnvironments,
  putDeployment,
  putEnvironment,
} from './environment-store.ts';

export interface DeliveryEnvironmentsOptions {
  readonly database: DeliveryDatabase;
  readonly clock: Clock;
}

export class DeliveryEnvironments {
  readonly #database: DeliveryDatabase;
  readonly #clock: Clock;

  constructor({ database, clock }: DeliveryEnvironmentsOptions) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * @throws DeliveryError DELIVERY_ENVIRONMENT_INVALID, DELIVERY_ENVIRONMENT_EXISTS,
   *   DELIVERY_LIMIT_REACHED
   */
  async create({ name, ...spec }: NewDeliveryEnvironment, by = ''): Promise<DeliveryEnvironment> {
    const row = changedRow(this.#newRow(name, by), spec, this.#clock());
    return this.#database.write(async (tables) => {
      await assertNameIsFree(tables, name);
      await assertRoom(tables);
      await putEnvironment(tables, row);
      return describeEnvironment(row);
    });
  }

  /**
   * @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND, DELIVERY_ENVIRONMENT_INVALID,
   *   DELIVERY_ENVIRONMENT_EXISTS where another has the new name already
   */
  async update(name: string, changes: DeliveryEnvironmentChanges): Promise<DeliveryEnvironment> {
    const known = await environmentNames(this.#database.reader);
    return this.#database.write(async (tables) => {
      const earlier = required(await findEnvironment(tables, name), name, known);
      const row = changedRow(earlier, changes, this.#clock());
      if (row.name_key !== earlier.name_key) await assertNameIsFree(tables, row.name);
      await putEnvironment(tables, row);
      return describeEnvironment(row);
    });
  }

  /** @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND */
  async get(name: string): Promise<DeliveryEnvironment> {
    return describeEnvironment(await this.#find(name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly DeliveryEnvironment[]> {
    return (await listEnvironments(this.#database.reader, limit)).map(describeEnvironment);
  }

  /** With its history. @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND */
  async delete(name: string): Promise<void> {
    const { environment_id } = await this.#find(name);
    await this.#database.write((tables) => deleteEnvironment(tables, environment_id));
  }

  /** None for one that is not there: it is made by the first deployment to it. */
  async checksOf(name: string): Promise<readonly EnvironmentCheck[]> {
    const row = await findEnvironment(this.#database.reader, name);
    return row === null ? [] : JSON.parse(row.checks);
  }

  /** None for one that is not there. */
  async resourcesOf(name: string): Promise<readonly EnvironmentResource[]> {
    const row = await findEnvironment(this.#database.reader, name);
    return row === null ? [] : JSON.parse(row.resources);
  }

  /**
   * Makes the environment where it is not there. To record a deployment again, as its end or after a
   * crash, takes the place of its first record.
   */
  async recordDeployment(environment: string, deployment: DeploymentRecord): Promise<void> {
    await this.#database.write(async (tables) => {
      const found = await findEnvironment(tables, environment);
      const row = found ?? this.#newRow(environment, deployment.requestedBy);
      if (found === null) await putEnvironment(tables, row);
      await putDeployment(tables, deploymentRow(row.environment_id, deployment, this.#clock()));
    });
  }

  /** The newest first. @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND */
  async deployments(name: string, limit: number): Promise<readonly Deployment[]> {
    const row = await this.#find(name);
    const rows = await listDeployments(this.#database.reader, row.environment_id, limit);
    return rows.map((each) => describeDeployment(each, row.name));
  }

  async #find(name: string): Promise<EnvironmentRow> {
    const { reader } = this.#database;
    const found = await findEnvironment(reader, name);
    return found ?? required(null, name, await environmentNames(reader));
  }

  #newRow(name: string, by: string): EnvironmentRow {
    const now = this.#clock();
    return {
      environment_id: randomUUID().replaceAll('-', ''),
      name,
      name_key: keyOf(name),
      description: '',
      checks: '[]',
      resources: '[]',
      created_by: by,
      created_at: now,
      updated_at: now,
    };
  }
}

/** @throws DeliveryError DELIVERY_ENVIRONMENT_INVALID with every mistake */
function changedRow(
  row: EnvironmentRow,
  { name = row.name, description = row.description, checks, resources }: DeliveryEnvironmentChanges,
  now: number,
): EnvironmentRow {
  const mistakes = new Mistakes();
  checkName(mistakes, 'delivery environment', name);
  checkText(mistakes, 'description', description);
  if (resources !== undefined) checkResources(mistakes, resources);
  const complete = checks === undefined ? null : completeChecks(mistakes, checks);
  mistakes.throwIfAny('DELIVERY_ENVIRONMENT_INVALID');
  return {
    ...row,
    name,
    name_key: keyOf(name),
    description,
    checks: complete === null ? row.checks : JSON.stringify(complete),
    resources: resources === undefined ? row.resources : JSON.stringify(resources),
    updated_at: now,
  };
}

function checkResources(mistakes: Mistakes, resources: readonly EnvironmentResource[]): void {
  if (resources.length > assetLimits.entries)
    mistakes.add(`there are ${resources.length} resources; at most ${assetLimits.entries} fit`);
  for (const { name } of resources) checkName(mistakes, 'resource', name);
  for (const [, found] of Map.groupBy(resources, ({ name }) => keyOf(name))) {
    if (found.length > 1)
      mistakes.add(`the resource '${shorten(found[0]?.name ?? '')}' stands twice`);
  }
}

function describeEnvironment(row: EnvironmentRow): DeliveryEnvironment {
  return {
    name: row.name,
    description: row.description,
    checks: JSON.parse(row.checks),
    resources: JSON.parse(row.resources),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

function deploymentRow(
  environmentId: string,
  { buildId, buildNumber, requestedBy, ...deployment }: DeploymentRecord,
  now: number,
): Omit<DeploymentRow, 'sequence'> {
  return {
    ...deployment,
    deployment_id: randomUUID().replaceAll('-', ''),
    environment_id: environmentId,
    build_id: buildId,
    build_number: buildNumber,
    requested_by: requestedBy,
    started_at: now,
    ended_at: deployment.status === 'InProgress' ? null : now,
  };
}

function describeDeployment(row: DeploymentRow, environment: string): Deployment {
  return {
    environment,
    buildId: row.build_id,
    buildNumber: row.build_number,
    pipeline: row.pipeline,
    stage: row.stage,
    job: row.job,
    attempt: row.attempt,
    requestedBy: row.requested_by,
    status: row.status as DeploymentStatus,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  };
}

function required(
  row: EnvironmentRow | null,
  name: string,
  known: readonly string[],
): EnvironmentRow {
  if (row !== null) return row;
  const { code, message } = notFound(environmentKind, name, known);
  throw new DeliveryError(code, message);
}

async function assertNameIsFree(tables: DeliveryWriter, name: string): Promise<void> {
  if ((await findEnvironment(tables, name)) === null) return;
  const message = `there is a delivery environment '${name}' already; change it with 'ridgeline delivery-environment update', or take another name`;
  throw new DeliveryError('DELIVERY_ENVIRONMENT_EXISTS', message);
}

async function assertRoom(tables: DeliveryWriter): Promise<void> {
  if ((await environmentNames(tables)).length < assetLimits.assets) return;
  const message = `there are ${assetLimits.assets} delivery environments already; delete one`;
  throw new DeliveryError('DELIVERY_LIMIT_REACHED', message);
}
