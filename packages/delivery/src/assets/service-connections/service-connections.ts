// The face of service connections: made, tried, changed and read here, and given to builds.
import { randomUUID } from 'node:crypto';
import type { ServiceConnection } from '@ridgeline/azure-pipelines';
import type { Clock, Secrets } from '@ridgeline/workspace';
import type {
  DeliveryDatabase,
  DeliveryReader,
  DeliveryWriter,
} from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import {
  type AssetProblem,
  connectionKind,
  notFound,
  notPermitted,
  throwProblems,
} from '../asset-problem.ts';
import { SecretChanges } from '../asset-secrets.ts';
import { assetLimits, keyOf } from '../check-words.ts';
import { InTurn } from '../in-turn.ts';
import { isPermitted } from '../pipeline-permissions.ts';
import { check, earlierOutcome, outcomeOf, signIn } from './assess-connection.ts';
import type { WholeConnection } from './check-connection.ts';
import { changedConnection, newConnection } from './connection-changes.ts';
import { isSecretParameter } from './connection-kinds.ts';
import {
  connectionNames,
  deleteConnection,
  findConnection,
  listConnections,
  putConnection,
  type StoredConnection,
  secretParameters,
} from './connection-store.ts';
import { describeConnection } from './describe-connection.ts';
import type {
  ConnectionType,
  NewServiceConnection,
  ServiceConnectionChanges,
  ServiceConnectionInfo,
} from './service-connection-info.ts';
import type { CheckOutcome } from './try-connection.ts';

export interface ServiceConnectionsOptions {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** What a row has besides the connection itself. */
interface Surroundings {
  readonly allowAll: boolean;
  readonly pipelines: readonly string[];
  readonly createdBy: string;
  readonly createdAt: number;
  readonly checkedAt: number;
}

export class ServiceConnections {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #inTurn = new InTurn();

  constructor({ database, secrets, clock }: ServiceConnectionsOptions) {
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  /**
   * @throws DeliveryError SERVICE_CONNECTION_INVALID, SERVICE_CONNECTION_EXISTS,
   *   SERVICE_CONNECTION_CHECK_FAILED where it cannot sign in, DELIVERY_LIMIT_REACHED
   */
  async create(spec: NewServiceConnection, by = ''): Promise<ServiceConnectionInfo> {
    const wanted = newConnection(randomUUID(), spec);
    check(wanted, spec);
    await assertNameIsFree(this.#database.reader, spec.name);
    // Before the queue: others need not wait for the system that it asks.
    const outcome = await outcomeOf(wanted, spec.skipCheck);
    const surroundings = {
      allowAll: spec.allowAllPipelines === true,
      pipelines: spec.pipelines ?? [],
      createdBy: by,
      createdAt: this.#clock(),
      checkedAt: this.#clock(),
    };
    return this.#inTurn.do(() =>
      this.#put(wanted, outcome, surroundings, [], async (tables) => {
        await assertNameIsFree(tables, spec.name);
        await assertRoom(tables);
      }),
    );
  }

  /** @throws DeliveryError as `create`, and SERVICE_CONNECTION_NOT_FOUND */
  async update(name: string, changes: ServiceConnectionChanges): Promise<ServiceConnectionInfo> {
    return this.#inTurn.do(async () => {
      const earlier = await this.#find(name);
      const { row, pipelines } = earlier;
      const wanted = changedConnection(await this.#whole(earlier), changes);
      check(wanted, changes);
      const isAsBefore = signIn.every((part) => changes[part] === undefined);
      const outcome = isAsBefore ? earlierOutcome(row) : await outcomeOf(wanted, changes.skipCheck);
      const surroundings = {
        allowAll: changes.allowAllPipelines ?? row.allow_all_pipelines === 1,
        pipelines: changes.pipelines ?? pipelines,
        createdBy: row.created_by,
        createdAt: row.created_at,
        checkedAt: isAsBefore ? row.checked_at : this.#clock(),
      };
      const old = Object.values(secretParameters(row));
      return this.#put(wanted, outcome, surroundings, old, async (tables) => {
        if (keyOf(wanted.name) !== row.name_key) await assertNameIsFree(tables, wanted.name);
      });
    });
  }

  /** @throws DeliveryError SERVICE_CONNECTION_NOT_FOUND */
  async get(name: string): Promise<ServiceConnectionInfo> {
    return describeConnection(await this.#find(name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly ServiceConnectionInfo[]> {
    return (await listConnections(this.#database, limit)).map(describeConnection);
  }

  /** With its secrets. @throws DeliveryError SERVICE_CONNECTION_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#inTurn.do(async () => {
      const { row } = await this.#find(name);
      const secrets = new SecretChanges(this.#secrets);
      secrets.drop(Object.values(secretParameters(row)));
      await secrets.finish(() =>
        this.#database.write((tables) => deleteConnection(tables, row.connection_id)),
      );
    });
  }

  /** Why a pipeline cannot use connections that it names: all reasons, none where it can. */
  async problems(names: readonly string[], pipeline: string): Promise<readonly AssetProblem[]> {
    const found = await Promise.all(names.map((name) => this.#problem(name, pipeline)));
    return found.flatMap((problem) => problem ?? []);
  }

  /**
   * With its secrets, for the steps of a build; undefined where there is none of that name.
   * @throws DeliveryError SERVICE_CONNECTION_NOT_PERMITTED
   */
  async resolve(name: string, pipeline: string): Promise<ServiceConnection | undefined> {
    const found = await findConnection(this.#database.reader, name);
    if (found === null) return undefined;
    if (!isPermitted(found.row, found.pipelines, pipeline))
      throwProblems([notPermitted(connectionKind, name, pipeline)]);
    return this.#whole(found);
  }

  async #problem(name: string, pipeline: string): Promise<AssetProblem | null> {
    const { reader } = this.#database;
    const found = await findConnection(reader, name);
    if (found === null) return notFound(connectionKind, name, await connectionNames(reader));
    const isAllowed = isPermitted(found.row, found.pipelines, pipeline);
    return isAllowed ? null : notPermitted(connectionKind, name, pipeline);
  }

  async #find(name: string): Promise<StoredConnection> {
    const { reader } = this.#database;
    const found = await findConnection(reader, name);
    if (found !== null) return found;
    const { code, message } = notFound(connectionKind, name, await connectionNames(reader));
    throw new DeliveryError(code, message);
  }

  async #whole({ row }: StoredConnection): Promise<WholeConnection> {
    const names = Object.entries(secretParameters(row));
    const secrets = names.map(
      async ([name, secret]) => [name, await this.#secrets.get(secret)] as const,
    );
    return {
      id: row.connection_id,
      name: row.name,
      type: row.type as ConnectionType,
      description: row.description,
      ...(row.url !== null && { url: row.url }),
      scheme: row.scheme,
      parameters: {
        ...JSON.parse(row.parameters),
        ...Object.fromEntries(await Promise.all(secrets)),
      },
      data: JSON.parse(row.data),
    };
  }

  async #put(
    wanted: WholeConnection,
    outcome: CheckOutcome,
    surroundings: Surroundings,
    oldSecrets: readonly string[],
    assertStill: (tables: DeliveryWriter) => Promise<void>,
  ): Promise<ServiceConnectionInfo> {
    const secrets = new SecretChanges(this.#secrets);
    const stored = await secrets.finish(async () => {
      const row = await this.#row(wanted, outcome, surroundings, secrets);
      secrets.drop(oldSecrets);
      return this.#database.write(async (tables) => {
        await assertStill(tables);
        await putConnection(tables, { row, pipelines: surroundings.pipelines });
        return findConnection(tables, wanted.id);
      });
    });
    if (stored === null) throw new Error(`the service connection '${wanted.name}' is gone`);
    return describeConnection(stored);
  }

  async #row(
    { id, name, type, description, url, scheme, parameters, data }: WholeConnection,
    outcome: CheckOutcome,
    { allowAll, createdBy, createdAt, checkedAt }: Surroundings,
    secrets: SecretChanges,
  ): Promise<StoredConnection['row']> {
    const now = this.#clock();
    const [secret, open] = split(parameters);
    const kept: [string, string][] = [];
    for (const [key, value] of secret) kept.push([key, await secrets.keep(value)]);
    return {
      connection_id: id,
      name,
      name_key: keyOf(name),
      description,
      type,
      url: url ?? null,
      scheme,
      parameters: JSON.stringify(Object.fromEntries(open)),
      secret_parameters: JSON.stringify(Object.fromEntries(kept)),
      data: JSON.stringify(data),
      allow_all_pipelines: Number(allowAll),
      check_status: outcome.status,
      check_message: outcome.message,
      checked_at: checkedAt,
      created_by: createdBy,
      created_at: createdAt,
      updated_at: now,
    };
  }
}

type Pairs = readonly (readonly [string, string])[];

function split(parameters: Readonly<Record<string, string>>): readonly [Pairs, Pairs] {
  const { secret = [], open = [] } = Object.groupBy(Object.entries(parameters), ([name]) =>
    isSecretParameter(name) ? 'secret' : 'open',
  );
  return [secret, open];
}

async function assertNameIsFree(tables: DeliveryReader, name: string): Promise<void> {
  if ((await findConnection(tables, name)) === null) return;
  const message = `there is a service connection '${name}' already; change it with 'ridgeline service-connection update', or take another name`;
  throw new DeliveryError('SERVICE_CONNECTION_EXISTS', message);
}

async function assertRoom(tables: DeliveryWriter): Promise<void> {
  if ((await connectionNames(tables)).length < assetLimits.assets) return;
  const message = `there are ${assetLimits.assets} service connections already; delete one`;
  throw new DeliveryError('DELIVERY_LIMIT_REACHED', message);
}
