// The logged models of a workspace: what runs have trained, with its params, tags and metrics. Their
// files are artifacts of their own id; giving one a name and a number is the registry's.
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type ChangeSink, silent } from '../changes/change.ts';
import { checkName, checkOneOf, checkText } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { KeyValues } from '../key-values.ts';
import type { Page } from '../search/page.ts';
import {
  type CreateLoggedModel,
  checkLoggedModel,
  checkLoggedModelPairs,
} from './check-logged-model.ts';
import type { LoggedModel } from './logged-model.ts';
import { loggedModelChange, type ToldChange } from './logged-model-change.ts';
import {
  type LoggedModelStatus,
  type LoggedModelTables,
  loggedModelStatuses,
} from './logged-model-tables.ts';
import { activeLoggedModelRow, loggedModelRow, loggedModelsOf } from './read-logged-models.ts';
import { type LoggedModelSearch, searchLoggedModels } from './search-logged-models.ts';
import {
  deleteLoggedModelTag,
  insertLoggedModel,
  insertLoggedModelParams,
  putLoggedModelTags,
  updateLoggedModel,
} from './write-logged-models.ts';

export interface LoggedModelsOptions {
  readonly database: WorkspaceDatabase;
  readonly clock?: Clock;
  readonly changes?: ChangeSink;
}

export class LoggedModels {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;
  readonly #changes: ChangeSink;

  constructor({ database, clock, changes }: LoggedModelsOptions) {
    this.#database = database;
    this.#clock = clock ?? systemClock;
    this.#changes = changes ?? silent;
  }

  /** It begins as PENDING. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async create(model: CreateLoggedModel): Promise<LoggedModel> {
    const modelId = `m-${randomUUID().replaceAll('-', '')}`;
    const checked = checkLoggedModel(model, modelId);
    const row = await this.#database.write((writer) =>
      insertLoggedModel(writer, modelId, checked, this.#clock()),
    );
    const { name, status } = row;
    this.#changes.publish(loggedModelChange(row, { action: 'created', name, status }));
    return this.get(modelId);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async get(
    modelId: string,
    options: { readonly deletedToo?: boolean } = {},
  ): Promise<LoggedModel> {
    return this.#database.read(async (reader) => {
      const rowOf = options.deletedToo === true ? loggedModelRow : activeLoggedModelRow;
      const [model] = await loggedModelsOf(reader, [await rowOf(reader, modelId)]);
      if (model === undefined) throw new Error('one row makes one model');
      return model;
    });
  }

  /** Says how logging it has ended. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async finalize(modelId: string, status: LoggedModelStatus): Promise<LoggedModel> {
    const checked = checkOneOf('status', status, loggedModelStatuses);
    await this.#change(modelId, { action: 'updated', status: checked }, (writer) =>
      updateLoggedModel(writer, modelId, { status: checked }, this.#clock()),
    );
    return this.get(modelId);
  }

  /** Hides it; `ridgeline gc` removes it. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async delete(modelId: string): Promise<void> {
    await this.#change(modelId, { action: 'deleted' }, (writer) =>
      updateLoggedModel(writer, modelId, { lifecycle_stage: 'deleted' }, this.#clock()),
    );
  }

  /** The same value again is fine. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async logParams(modelId: string, params: KeyValues): Promise<void> {
    const checked = checkLoggedModelPairs('param', params);
    const keys = checked.map(({ key }) => key);
    await this.#change(modelId, { action: 'updated', params: keys }, (writer) =>
      insertLoggedModelParams(writer, modelId, checked),
    );
  }

  /** The last value of a tag is its value. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async setTags(modelId: string, tags: KeyValues): Promise<void> {
    const checked = checkLoggedModelPairs('tag', tags);
    const keys = checked.map(({ key }) => key);
    await this.#change(modelId, { action: 'updated', tags: keys }, (writer) =>
      putLoggedModelTags(writer, modelId, checked),
    );
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the model, or for the tag */
  async deleteTag(modelId: string, key: string): Promise<void> {
    const checked = checkText('tag key', key, limits.loggedModelKeyLength);
    await this.#change(modelId, { action: 'updated', tags: [checked] }, (writer) =>
      deleteLoggedModelTag(writer, modelId, checked),
    );
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async search(search: LoggedModelSearch): Promise<Page<LoggedModel>> {
    return this.#database.read(async (reader) => {
      const page = await searchLoggedModels(reader, search);
      return { ...page, items: await loggedModelsOf(reader, page.items) };
    });
  }

  /** Where its artifacts belong. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async experimentIdOf(modelId: string): Promise<string> {
    const id = checkName('model_id', modelId, limits.loggedModelKeyLength);
    const row = await this.#database.read((reader) => loggedModelRow(reader, id));
    return String(row.experiment_id);
  }
  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, and what `write` throws */
  async #change(
    modelId: string,
    told: ToldChange,
    write: (writer: Transaction<LoggedModelTables>) => Promise<void>,
  ): Promise<void> {
    const row = await this.#database.write(async (writer) => {
      const found = await activeLoggedModelRow(writer, modelId);
      await write(writer);
      return found;
    });
    this.#changes.publish(loggedModelChange(row, told));
  }
}
