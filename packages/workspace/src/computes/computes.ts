// The computes of a workspace: named places where steps run, with how many run there at once. What
// runs when is the matter of the job engine; here is only what there is.
import { availableParallelism } from 'node:os';
import type { Transaction } from 'kysely';
import { quote } from '../checks/check-text.ts';
import { knownNames } from '../checks/known-names.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import {
  type ComputeChanges,
  changedSettings,
  checkComputeName,
  checkNewCompute,
  computeLimits,
  type NewCompute,
} from './check-compute.ts';
import { type Compute, localCompute, localComputeName, settingsRow, toCompute } from './compute.ts';
import type { ComputesTable, ComputeTables } from './compute-tables.ts';

export interface ComputesOptions {
  readonly database: WorkspaceDatabase;
  /** How many steps run at once on 'local'; default: the number of processors. */
  readonly localSlots?: number;
  readonly clock?: Clock;
}

export interface FoundOrMadeCompute {
  readonly compute: Compute;
  readonly created: boolean;
}

export class Computes {
  readonly #database: WorkspaceDatabase;
  readonly #local: Compute;
  readonly #clock: Clock;

  constructor({ database, localSlots, clock }: ComputesOptions) {
    this.#database = database;
    this.#local = localCompute(localSlots ?? availableParallelism());
    this.#clock = clock ?? systemClock;
  }

  /** @param name in any case. @throws RidgelineError COMPUTE_NOT_FOUND */
  async get(name: string): Promise<Compute> {
    if (keyOf(name) === localComputeName) return this.#local;
    return toCompute(await this.#database.read((reader) => rowOf(reader, name)));
  }

  /** 'local' first, then by name. */
  async list(): Promise<readonly Compute[]> {
    const rows = await this.#database.kysely
      .selectFrom('computes')
      .selectAll()
      .orderBy('key')
      .execute();
    return [this.#local, ...rows.map(toCompute)];
  }

  /**
   * The compute of that name. One that exists is given back as it is, whatever else is asked for:
   * `update` changes it.
   * @throws RidgelineError COMPUTE_NAME_INVALID, INVALID_PARAMETER_VALUE, COMPUTE_LIMIT_REACHED
   */
  async getOrCreate(compute: NewCompute): Promise<FoundOrMadeCompute> {
    const name = checkComputeName(compute.name);
    const settings = settingsRow(checkNewCompute(compute));
    if (keyOf(name) === localComputeName) return { compute: this.#local, created: false };
    const row = { key: keyOf(name), name, ...settings, created_at: this.#clock() };
    const [found, created] = await this.#database.write((writer) => findOrInsert(writer, row));
    return { compute: toCompute(found), created };
  }

  /**
   * Changes what is named in `changes`; the kind of a compute stays.
   * @throws RidgelineError COMPUTE_NOT_FOUND, COMPUTE_BUILT_IN, INVALID_PARAMETER_VALUE
   */
  async update(name: string, changes: ComputeChanges): Promise<Compute> {
    assertNotBuiltIn(name, 'changed; its slots are given when the server starts (--slots)');
    return this.#database.write(async (writer) => {
      const row = await rowOf(writer, name);
      const changed = settingsRow(changedSettings(toCompute(row), changes));
      await writer.updateTable('computes').set(changed).where('key', '=', row.key).execute();
      return toCompute({ ...row, ...changed });
    });
  }

  /** @throws RidgelineError COMPUTE_NOT_FOUND, COMPUTE_BUILT_IN */
  async delete(name: string): Promise<void> {
    assertNotBuiltIn(name, 'deleted; steps that name no compute run on it');
    await this.#database.write(async (writer) => {
      const { key } = await rowOf(writer, name);
      await writer.deleteFrom('computes').where('key', '=', key).execute();
    });
  }
}

function keyOf(name: string): string {
  return name.toLowerCase();
}

async function findOrInsert(
  writer: Transaction<ComputeTables>,
  row: ComputesTable,
): Promise<readonly [ComputesTable, boolean]> {
  const rows = await writer.selectFrom('computes').selectAll().execute();
  const found = rows.find((other) => other.key === row.key);
  if (found !== undefined) return [found, false];
  if (rows.length >= computeLimits.computes) {
    const message = `this workspace has ${rows.length} computes, which is the limit; delete one first`;
    throw new RidgelineError('COMPUTE_LIMIT_REACHED', message);
  }
  await writer.insertInto('computes').values(row).execute();
  return [row, true];
}

async function rowOf(reader: Transaction<ComputeTables>, name: string): Promise<ComputesTable> {
  const rows = await reader.selectFrom('computes').selectAll().orderBy('key').execute();
  const row = rows.find((other) => other.key === keyOf(name));
  if (row !== undefined) return row;
  const known = knownNames([localComputeName, ...rows.map((other) => other.name)]);
  const message = `compute ${quote(name)} does not exist; this workspace has ${known}`;
  throw new RidgelineError('COMPUTE_NOT_FOUND', message);
}

function assertNotBuiltIn(name: string, problem: string): void {
  if (keyOf(name) !== localComputeName) return;
  throw new RidgelineError('COMPUTE_BUILT_IN', `compute 'local' cannot be ${problem}`);
}
