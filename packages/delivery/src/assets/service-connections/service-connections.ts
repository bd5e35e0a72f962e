// The face of service connections: made, tried, changed and read here, and given to builds.
import { randomUUID } from 'node:crypto';
import type { ServiceConnection } from '@ridgeline/azure-pipelines';
import type { Clock, Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import { connectionKind } from '../asset-kind.ts';
import { assertCreatable, assertNameIsFree } from '../asset-names.ts';
import { notPermitted, throwProblems } from '../asset-problem.ts';
import { withItsSecrets } from '../asset-secrets.ts';
import { keyOf } from '../check-words.ts';
import { KeptAssets } from '../kept-assets.ts';
import { isPermitted } from '../pipeline-permissions.ts';
import { assertUndisturbed, undisturbed } from '../undisturbed.ts';
import { check, outcomeAfter, outcomeOf } from './assess-connection.ts';
import { changedConnection, newConnection } from './connection-changes.ts';
import { connectionStore, findConnection, type StoredConnection } from './connection-store.ts';
import { describeConnection } from './describe-connection.ts';
import { keepConnection, keptOf } from './keep-connection.ts';
import { wholeConnection } from './open-connection.ts';
import type {
  NewServiceConnection,
  ServiceConnectionChanges,
  ServiceConnectionInfo,
} from './service-connection-info.ts';

export interface ServiceConnectionsOptions {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

export class ServiceConnections {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #kept: KeptAssets<StoredConnection>;

  constructor({ database, secrets, clock }: ServiceConnectionsOptions) {
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#kept = new KeptAssets(database, secrets, connectionStore);
  }

  /**
   * @throws DeliveryError SERVICE_CONNECTION_INVALID, SERVICE_CONNECTION_EXISTS,
   *   SERVICE_CONNECTION_CHECK_FAILED where it cannot sign in, DELIVERY_LIMIT_REACHED
   */
  async create(spec: NewServiceConnection, by = ''): Promise<ServiceConnectionInfo> {
    const connection = newConnection(randomUUID(), spec);
    check(connection, spec);
    // Before anybody outside is asked, and again when it is written.
    await assertCreatable(this.#database.reader, connectionKind, connection.name);
    const outcome = await outcomeOf(connection, spec.skipCheck);
    const now = this.#clock();
    const surroundings = {
      outcome: { ...outcome, checkedAt: now },
      allow_all_pipelines: Number(spec.allowAllPipelines === true),
      pipelines: spec.pipelines ?? [],
      created: { created_by: by, created_at: now },
    };
    await keepConnection(connection, surroundings, null, this.#keeper, (tables) =>
      assertCreatable(tables, connectionKind, connection.name),
    );
    return this.get(connection.name);
  }

  /** @throws DeliveryError as `create`, and SERVICE_CONNECTION_NOT_FOUND */
  async update(name: string, changes: ServiceConnectionChanges): Promise<ServiceConnectionInfo> {
    return undisturbed(async () => {
      const [earlier, whole] = await this.#open(name);
      const connection = changedConnection(whole, changes);
      check(connection, changes);
      const outcome = await outcomeAfter(earlier, connection, changes, this.#clock);
      const surroundings = { ...keptOf(earlier, changes), outcome };
      await keepConnection(connection, surroundings, earlier, this.#keeper, async (tables) => {
        assertUndisturbed(earlier, await findConnection(tables, name));
        if (keyOf(connection.name) !== earlier.row.name_key)
          await assertNameIsFree(tables, connectionKind, connection.name);
      });
      return this.get(connection.name);
    });
  }

  /** @throws DeliveryError SERVICE_CONNECTION_NOT_FOUND */
  async get(name: string): Promise<ServiceConnectionInfo> {
    return describeConnection(await this.#kept.get(name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly ServiceConnectionInfo[]> {
    return (await this.#kept.list(limit)).map(describeConnection);
  }

  /** With its secrets. @throws DeliveryError SERVICE_CONNECTION_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#kept.delete(name);
  }

  /** Why a pipeline cannot use connections that it names: all reasons, none where it can. */
  async problems(names: readonly string[], pipeline: string) {
    return (await this.#kept.sortedOut(names, pipeline)).problems;
  }

  /**
   * With its secrets, for the steps of a build; undefined where there is none of that name.
   * @throws DeliveryError SERVICE_CONNECTION_NOT_PERMITTED
   */
  async resolve(name: string, pipeline: string): Promise<ServiceConnection | undefined> {
    return withItsSecrets(async () => {
      const found = await this.#database.read((tables) => findConnection(tables, name));
      if (found === null) return undefined;
      if (!isPermitted(found, pipeline))
        throwProblems([notPermitted(connectionKind, name, pipeline)]);
      return wholeConnection(found, this.#secrets);
    });
  }

  async #open(name: string) {
    return withItsSecrets(async () => {
      const found = await this.#kept.get(name);
      return [found, await wholeConnection(found, this.#secrets)] as const;
    });
  }

  get #keeper() {
    return { database: this.#database, secrets: this.#secrets, clock: this.#clock };
  }
}
