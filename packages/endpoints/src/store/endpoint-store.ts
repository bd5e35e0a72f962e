// Reads and writes the records of endpoints. Each method is one transaction and one step of an
// endpoint's life; a step is recorded here before it is acted on.

import { type ChangeSink, silent, type WorkspaceDatabase } from '@ridgeline/workspace';
import type { Transaction } from 'kysely';
import type { DeploymentState, EndpointFailure } from '../endpoint/endpoint.ts';
import type { EndpointRecord } from './endpoint-record.ts';
import { listRecords, readRecord } from './read-records.ts';
import { claimGeneration, deploymentRow, type ResolvedSpec } from './record-wanted.ts';
import { type EndpointsTable, type EndpointTables, endpointMigrations } from './tables.ts';

type EndpointChange = Partial<Omit<EndpointsTable, 'name' | 'created_at' | 'updated_at'>>;

export class EndpointStore {
  readonly #database: WorkspaceDatabase;
  readonly #clock: () => number;
  readonly #changes: ChangeSink;

  private constructor(database: WorkspaceDatabase, clock: () => number, changes: ChangeSink) {
    this.#database = database;
    this.#clock = clock;
    this.#changes = changes;
  }

  /** `clock` gives milliseconds since the epoch, UTC. */
  static async open(
    database: WorkspaceDatabase,
    clock: () => number,
    changes: ChangeSink = silent,
  ): Promise<EndpointStore> {
    await database.migrate('endpoints', endpointMigrations);
    return new EndpointStore(database, clock, changes);
  }

  /** All endpoints by name. */
  async list(): Promise<EndpointRecord[]> {
    return this.#database.read((reader) => listRecords(reader.withTables<EndpointTables>()));
  }

  /** Null when there is no endpoint of that name. */
  async get(name: string): Promise<EndpointRecord | null> {
    return this.#database.read((reader) => readRecord(reader.withTables<EndpointTables>(), name));
  }

  /**
   * Records a new wanted deployment, and the endpoint if it is new. Earlier deployments that do
   * not serve are forgotten. Throws ENDPOINT_BEING_DELETED or ENDPOINT_NAME_IN_USE.
   */
  async recordWanted(name: string, spec: ResolvedSpec): Promise<void> {
    await this.#write(name, async (transaction) => {
      const generation = await claimGeneration(transaction, name, spec, this.#clock());
      await transaction
        .deleteFrom('endpoint_deployments')
        .where('endpoint_name', '=', name)
        .where('traffic', '=', 0)
        .execute();
      await transaction
        .insertInto('endpoint_deployments')
        .values(deploymentRow(name, generation, spec))
        .execute();
    });
  }

  /**
   * All traffic goes to `generation`, which is ready; the ones before it are forgotten. False,
   * and nothing is changed, when `generation` is not wanted any more.
   */
  async recordPromoted(name: string, generation: number): Promise<boolean> {
    return this.#write(name, async (transaction) => {
      const change = { traffic: 100, state: 'Ready' } as const;
      if (!(await setDeployment(transaction, name, generation, change))) return false;
      await transaction
        .deleteFrom('endpoint_deployments')
        .where('endpoint_name', '=', name)
        .where('generation', '<', generation)
        .execute();
      await this.#setEndpoint(transaction, name, { provisioning_state: 'Succeeded', ...noError });
      return true;
    });
  }

  /** `generation` could not be started, or cannot be kept running. Its traffic stays what it is. */
  async recordFailed(name: string, generation: number, failure: EndpointFailure): Promise<void> {
    await this.#write(name, async (transaction) => {
      if (!(await setDeployment(transaction, name, generation, { state: 'Failed' }))) return;
      await this.#setEndpoint(transaction, name, {
        provisioning_state: 'Failed',
        error_code: failure.code,
        error_message: failure.message,
        error_details: failure.details,
      });
    });
  }

  /** The instance of a serving deployment went away and is being started again. */
  async recordRestarting(name: string, generation: number): Promise<void> {
    await this.#write(name, (transaction) =>
      setDeployment(transaction, name, generation, { state: 'Starting' }),
    );
  }

  /** A passing fault keeps `generation` from starting. What the endpoint is to be stays as it is. */
  async recordWaiting(name: string, generation: number, failure: EndpointFailure): Promise<void> {
    await this.#write(name, async (transaction) => {
      if (!(await setDeployment(transaction, name, generation, { state: 'Starting' }))) return;
      await transaction
        .updateTable('endpoints')
        .set({ error_code: failure.code, error_message: failure.message, error_details: '' })
        .where('name', '=', name)
        // What an update has failed of is of more use, and is not over when the fault is.
        .where((row) =>
          row.or([row('error_code', 'is', null), row('error_code', '=', failure.code)]),
        )
        .execute();
    });
  }

  /** It is back. That ends a crash loop and a wait, but not the error of a failed update. */
  async recordRunning(name: string, generation: number): Promise<void> {
    await this.#write(name, async (transaction) => {
      await setDeployment(transaction, name, generation, { state: 'Ready' });
      await transaction
        .updateTable('endpoints')
        .set({ provisioning_state: 'Succeeded', ...noError, updated_at: this.#clock() })
        .where('name', '=', name)
        .where('error_code', 'in', ['DEPLOYMENT_CRASH_LOOP', 'DEPLOYMENT_WAITING'])
        .execute();
    });
  }

  /** From here on the endpoint is to go, whatever happens in between. */
  async recordDeleting(name: string): Promise<void> {
    await this.#write(name, (transaction) =>
      this.#setEndpoint(transaction, name, { provisioning_state: 'Deleting' }),
    );
  }

  async remove(name: string): Promise<void> {
    const work = async (transaction: Transaction<EndpointTables>) => {
      await transaction
        .deleteFrom('endpoint_deployments')
        .where('endpoint_name', '=', name)
        .execute();
      await transaction.deleteFrom('endpoints').where('name', '=', name).execute();
    };
    await this.#write(name, work, 'deleted');
  }

  async #write<T>(
    name: string,
    work: (transaction: Transaction<EndpointTables>) => Promise<T>,
    action: 'updated' | 'deleted' = 'updated',
  ): Promise<T> {
    const result = await this.#database.write((transaction) =>
      work(transaction.withTables<EndpointTables>()),
    );
    this.#changes.publish({ kind: 'endpoint', action, name });
    return result;
  }

  async #setEndpoint(
    transaction: Transaction<EndpointTables>,
    name: string,
    change: EndpointChange,
  ): Promise<void> {
    await transaction
      .updateTable('endpoints')
      .set({ ...change, updated_at: this.#clock() })
      .where('name', '=', name)
      // Deleting is for good: a roll-out that ends at the same time does not undo it.
      .where('provisioning_state', '!=', 'Deleting')
      .execute();
  }
}

const noError = { error_code: null, error_message: null, error_details: null } as const;

/** False when there is no such deployment. */
async function setDeployment(
  transaction: Transaction<EndpointTables>,
  name: string,
  generation: number,
  change: { readonly traffic?: number; readonly state: DeploymentState },
): Promise<boolean> {
  const result = await transaction
    .updateTable('endpoint_deployments')
    .set(change)
    .where('endpoint_name', '=', name)
    .where('generation', '=', generation)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
