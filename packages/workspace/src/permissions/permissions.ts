// The permissions of people on single experiments and registered models. One that is there takes the
// place of what the person's role gives on that thing; what follows from it, the server says.
import type { Transaction } from 'kysely';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';
import { checkPermission, type Permission } from './permission.ts';
import {
  assertIsThere,
  deletePermission,
  findPermission,
  insertPermission,
  updatePermission,
} from './permission-rows.ts';
import { grantsOfThing, grantsOfUser } from './read-grants.ts';
import { describeThing, type Grant, type HiddenThings, type Thing } from './thing.ts';

type Writer = Transaction<WorkspaceTables>;

export class Permissions {
  readonly #database: WorkspaceDatabase;

  constructor(database: WorkspaceDatabase) {
    this.#database = database;
  }

  /** Null where the person has none of their own there, so that their role holds. */
  async find(thing: Thing, userId: string): Promise<Permission | null> {
    return findPermission(this.#database.kysely, thing, userId);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE */
  async create(thing: Thing, userId: string, permission: Permission): Promise<void> {
    const checked = checkPermission(permission);
    await this.#change(thing, async (writer) => {
      if (await insertPermission(writer, thing, userId, checked)) return;
      const message = `this person has a permission on ${describeThing(thing)} already; update it`;
      throw new RidgelineError('RESOURCE_ALREADY_EXISTS', message);
    });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the thing, or the permission; INVALID_PARAMETER_VALUE */
  async update(thing: Thing, userId: string, permission: Permission): Promise<void> {
    const checked = checkPermission(permission);
    await this.#change(thing, async (writer) => {
      if (!(await updatePermission(writer, thing, userId, checked))) throw noPermission(thing);
    });
  }

  /** Whether there is one already or not. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async set(thing: Thing, userId: string, permission: Permission): Promise<void> {
    const checked = checkPermission(permission);
    await this.#change(thing, async (writer) => {
      const isThere = await updatePermission(writer, thing, userId, checked);
      if (!isThere) await insertPermission(writer, thing, userId, checked);
    });
  }

  /** From then on their role holds there. @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the thing, or the permission */
  async delete(thing: Thing, userId: string): Promise<void> {
    await this.#change(thing, async (writer) => {
      if (!(await deletePermission(writer, thing, userId))) throw noPermission(thing);
    });
  }

  /** Who has one there, by name. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async ofThing(thing: Thing): Promise<readonly Grant[]> {
    return this.#database.read(async (reader) => {
      await assertIsThere(reader, thing);
      return grantsOfThing(reader, thing);
    });
  }

  /** All that a person has, experiments first, by name; 10,000 of each at most. */
  async ofUser(userId: string): Promise<readonly Grant[]> {
    return this.#database.read((reader) => grantsOfUser(reader, userId));
  }

  /** What a person may not read. */
  async hiddenFrom(userId: string): Promise<HiddenThings> {
    const { kysely } = this.#database;
    const experiments = kysely
      .selectFrom('experiment_permissions')
      .select('experiment_id')
      .where('user_id', '=', userId)
      .where('permission', '=', 'NO_PERMISSIONS')
      .execute();
    const models = kysely
      .selectFrom('registered_model_permissions')
      .select('name')
      .where('user_id', '=', userId)
      .where('permission', '=', 'NO_PERMISSIONS')
      .execute();
    return {
      experimentIds: new Set((await experiments).map((row) => String(row.experiment_id))),
      modelNames: new Set((await models).map((row) => row.name)),
    };
  }

  async #change(thing: Thing, work: (writer: Writer) => Promise<void>): Promise<void> {
    await this.#database.write(async (writer) => {
      await assertIsThere(writer, thing);
      await work(writer);
    });
  }
}

function noPermission(thing: Thing): RidgelineError {
  const message =
    `this person has no permission of their own on ${describeThing(thing)}: their role holds ` +
    'there; create one to change that';
  return new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}
