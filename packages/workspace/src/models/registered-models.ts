// The registered models: the names under which versions of a model are numbered. Aliases are here
// too, for they belong to the name and only point at a version.
import type { Transaction } from 'kysely';
import { type ChangeSink, silent } from '../changes/change.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { type KeyValue, type KeyValues, toPairs } from '../key-values.ts';
import { insertPermission } from '../permissions/permission-rows.ts';
import type { Page } from '../search/page.ts';
import { WebhookOutbox } from '../webhooks/webhook-outbox.ts';
import {
  checkAlias,
  checkDescription,
  checkModelName,
  checkModelTag,
  checkVersionNumber,
} from './check-models.ts';
import { modelRow, modelsOf } from './read-models.ts';
import { versionRow } from './read-versions.ts';
import type { RegisteredModel } from './registered-model.ts';
import { type ModelSearch, searchModels } from './search-models.ts';
import { insertModel, putAlias, putModelTag, renameModel } from './write-models.ts';

export interface RegistryOptions {
  readonly database: WorkspaceDatabase;
  readonly clock?: Clock;
  /** Is told of what webhooks may want to know. */
  readonly outbox?: WebhookOutbox;
  readonly changes?: ChangeSink;
}

export interface CreateRegisteredModel {
  /** 1 to 256 characters, without '/' and ':'. */
  readonly name: string;
  readonly description?: string;
  readonly tags?: KeyValues;
  /** The id of a user who gets MANAGE on it; default: nobody. */
  readonly managerId?: string | undefined;
}

export class RegisteredModels {
  protected readonly database: WorkspaceDatabase;
  protected readonly clock: Clock;
  protected readonly outbox: WebhookOutbox;
  protected readonly changes: ChangeSink;

  constructor(options: RegistryOptions) {
    this.database = options.database;
    this.clock = options.clock ?? systemClock;
    this.outbox = options.outbox ?? new WebhookOutbox(this.clock);
    this.changes = options.changes ?? silent;
  }

  /** @throws RidgelineError RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE */
  async createRegisteredModel(model: CreateRegisteredModel): Promise<RegisteredModel> {
    const { name, description, managerId } = model;
    const checked = {
      name: checkModelName(name),
      description: description === undefined ? undefined : checkDescription(description),
      tags: toPairs('tags', model.tags).map(checkModelTag),
    };
    await this.change(async (writer) => {
      await insertModel(writer, checked, this.clock());
      const thing = { kind: 'model', name } as const;
      if (managerId !== undefined) await insertPermission(writer, thing, managerId, 'MANAGE');
      const data = { name, tags: asObject(checked.tags), description: checked.description ?? null };
      await this.outbox.note(writer, { what: 'model', action: 'created', data });
    });
    this.changes.publish({ kind: 'model', action: 'created', name });
    return this.getRegisteredModel(name);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async getRegisteredModel(name: string): Promise<RegisteredModel> {
    return this.database.read(async (reader) => {
      const [model] = await modelsOf(reader, [await modelRow(reader, name)]);
      if (model === undefined) throw new Error('one row makes one model');
      return model;
    });
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async searchRegisteredModels(search: ModelSearch = {}): Promise<Page<RegisteredModel>> {
    return this.database.read(async (reader) => {
      const page = await searchModels(reader, search);
      return { ...page, items: await modelsOf(reader, page.items) };
    });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async updateRegisteredModel(
    name: string,
    change: { readonly description: string },
  ): Promise<RegisteredModel> {
    const description = checkDescription(change.description);
    await this.database.write(async (writer) => {
      await modelRow(writer, name);
      await writer
        .updateTable('registered_models')
        .set({ description, last_updated_time: this.clock() })
        .where('name', '=', name)
        .execute();
    });
    this.changes.publish({ kind: 'model', action: 'updated', name });
    return this.getRegisteredModel(name);
  }

  /** Versions, tags and aliases go along. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, RESOURCE_ALREADY_EXISTS */
  async renameRegisteredModel(name: string, newName: string): Promise<RegisteredModel> {
    const checked = checkModelName(newName);
    await this.database.write(async (writer) => {
      await modelRow(writer, name);
      await renameModel(writer, name, checked, this.clock());
    });
    this.changes.publish({ kind: 'model', action: 'renamed', name, newName: checked });
    return this.getRegisteredModel(checked);
  }

  /** Removes it with all its versions, for good. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async deleteRegisteredModel(name: string): Promise<void> {
    await this.database.write(async (writer) => {
      await modelRow(writer, name);
      await writer.deleteFrom('registered_models').where('name', '=', name).execute();
    });
    this.changes.publish({ kind: 'model', action: 'deleted', name });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async setRegisteredModelTag(name: string, key: string, value: string): Promise<void> {
    const tag = checkModelTag({ key, value });
    await this.change(async (writer) => {
      await modelRow(writer, name);
      await putModelTag(writer, name, tag);
      await this.outbox.note(writer, { what: 'modelTag', action: 'set', data: { name, ...tag } });
    });
    this.changes.publish({ kind: 'model', action: 'updated', name });
  }

  /** Nothing happens where no such tag is. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async deleteRegisteredModelTag(name: string, key: string): Promise<void> {
    await this.change(async (writer) => {
      await modelRow(writer, name);
      await this.outbox.note(writer, { what: 'modelTag', action: 'deleted', data: { name, key } });
      await writer
        .deleteFrom('registered_model_tags')
        .where('name', '=', name)
        .where('key', '=', key)
        .execute();
    });
    this.changes.publish({ kind: 'model', action: 'updated', name });
  }

  /** Points the alias at a version, away from where it pointed before. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async setAlias(name: string, alias: string, version: string | number): Promise<void> {
    const checked = checkAlias(alias);
    const number = checkVersionNumber(version);
    await this.change(async (writer) => {
      await versionRow(writer, name, number);
      await putAlias(writer, name, checked, number);
      const data = { name, alias: checked, version: String(number) };
      await this.outbox.note(writer, { what: 'alias', action: 'created', data });
    });
    const pointsAt = { name, version: String(number), alias: checked };
    this.changes.publish({ kind: 'modelVersion', action: 'updated', ...pointsAt });
  }

  /** Nothing happens where no such alias is. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async deleteAlias(name: string, alias: string): Promise<void> {
    await this.change(async (writer) => {
      await modelRow(writer, name);
      await writer
        .deleteFrom('registered_model_aliases')
        .where('name', '=', name)
        .where('alias', '=', alias)
        .execute();
      await this.outbox.note(writer, { what: 'alias', action: 'deleted', data: { name, alias } });
    });
    this.changes.publish({ kind: 'model', action: 'updated', name });
  }

  /** A write that webhooks may be told of. */
  protected async change<T>(
    work: (writer: Transaction<WorkspaceTables>) => Promise<T>,
  ): Promise<T> {
    const result = await this.database.write(work);
    this.outbox.flush();
    return result;
  }
}

/** As webhooks show tags. */
export function asObject(pairs: readonly KeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
