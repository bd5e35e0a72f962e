// The face of environments: made, changed and read here, with their checks and the history of what
// was deployed to them.
import type { EnvironmentCheck, EnvironmentResource } from '@ridgeline/azure-pipelines';
import type { Clock } from '@ridgeline/workspace';
import type { DeliveryDatabase, DeliveryReader } from '../../database/delivery-database.ts';
import { environmentKind } from '../asset-kind.ts';
import { assertCreatable, assertFound, assertNameIsFree } from '../asset-names.ts';
import { newAssetRow, newId } from '../asset-row.ts';
import { changedEnvironment } from './change-environment.ts';
import type {
  DeliveryEnvironment,
  DeliveryEnvironmentChanges,
  Deployment,
  DeploymentRecord,
  NewDeliveryEnvironment,
} from './delivery-environment.ts';
import { describeDeployment, describeEnvironment } from './describe-environment.ts';
import {
  deleteEnvironment,
  type EnvironmentRow,
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
    const row = changedEnvironment(this.#newRow(name, by), spec, this.#clock());
    return this.#database.write(async (tables) => {
      await assertCreatable(tables, environmentKind, name);
      await putEnvironment(tables, row);
      return describeEnvironment(row);
    });
  }

  /**
   * @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND, DELIVERY_ENVIRONMENT_INVALID,
   *   DELIVERY_ENVIRONMENT_EXISTS where another has the new name already
   */
  async update(name: string, changes: DeliveryEnvironmentChanges): Promise<DeliveryEnvironment> {
    return this.#database.write(async (tables) => {
      const earlier = await find(tables, name);
      const row = changedEnvironment(earlier, changes, this.#clock());
      if (row.name_key !== earlier.name_key)
        await assertNameIsFree(tables, environmentKind, row.name);
      await putEnvironment(tables, row);
      return describeEnvironment(row);
    });
  }

  /** @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND */
  async get(name: string): Promise<DeliveryEnvironment> {
    return describeEnvironment(await find(this.#database.reader, name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly DeliveryEnvironment[]> {
    return (await listEnvironments(this.#database.reader, limit)).map(describeEnvironment);
  }

  /** With its history. @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#database.write(async (tables) => {
      const { environment_id } = await find(tables, name);
      await deleteEnvironment(tables, environment_id);
    });
  }

  /** None for one that is not there: it is made by the first deployment to it. */
  async checksOf(name: string): Promise<readonly EnvironmentCheck[]> {
    const row = await findEnvironment(this.#database.reader, name);
    return row === null ? [] : describeEnvironment(row).checks;
  }

  /** None for one that is not there. */
  async resourcesOf(name: string): Promise<readonly EnvironmentResource[]> {
    const row = await findEnvironment(this.#database.reader, name);
    return row === null ? [] : describeEnvironment(row).resources;
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
      await putDeployment(tables, row.environment_id, deployment, this.#clock());
    });
  }

  /** The newest first. @throws DeliveryError DELIVERY_ENVIRONMENT_NOT_FOUND */
  async deployments(name: string, limit: number): Promise<readonly Deployment[]> {
    return this.#database.read(async (tables) => {
      const row = await find(tables, name);
      const rows = await listDeployments(tables, row.environment_id, limit);
      return rows.map((each) => describeDeployment(each, row.name));
    });
  }

  #newRow(name: string, by: string): EnvironmentRow {
    const words = newAssetRow(name, by, this.#clock());
    return { ...words, environment_id: newId(), checks: '[]', resources: '[]' };
  }
}

async function find(tables: DeliveryReader, name: string): Promise<EnvironmentRow> {
  return assertFound(await findEnvironment(tables, name), tables, environmentKind, name);
}
