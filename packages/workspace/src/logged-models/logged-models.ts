// The logged models of a workspace: what runs have trained, with its params, tags and metrics. Their
// files are artifacts of their own id; giving one a name and a number is the registry's.
import { randomUUID } from 'node:crypto';
import { checkName, checkOneOf, checkText } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValues } from '../key-values.ts';
import type { Page } from '../search/page.ts';
import {
  type CreateLoggedModel,
  checkLoggedModel,
  checkLoggedModelPairs,
} from './check-logged-model.ts';
import type { LoggedModel } from './logged-model.ts';
import { type LoggedModelStatus, loggedModelStatuses } from './logged-model-tables.ts';
import { activeLoggedModelRow, loggedModelRow, loggedModelsOf } from './read-logged-models.ts';
import { type LoggedModelSearch, searchLoggedModels } from './search-logged-models.ts';
import {
  insertLoggedModel,
  insertLoggedModelParams,
  putLoggedModelTags,
} from './write-logged-models.ts';

export interface LoggedModelsOptions {
  readonly database: WorkspaceDatabase;
  readonly clock?: Clock;
}

export class LoggedModels {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor({ database, clock }: LoggedModelsOptions) {
    this.#database = database;
    this.#clock = clock ?? systemClock;
  }

  /** It begins as PENDING. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async create(model: CreateLoggedModel): Promise<LoggedModel> {
    const modelId = `m-${randomUUID().replaceAll('-', '')}`;
    const checked = checkLoggedModel(model, modelId);
    await this.#database.write((writer) =>
      insertLoggedModel(writer, modelId, checked, this.#clock()),
    );
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
    await this.#database.write(async (writer) => {
      await activeLoggedModelRow(writer, modelId);
      await writer
        .updateTable('logged_models')
        .set({ status: checked, last_updated_timestamp_ms: this.#clock() })
        .where('model_id', '=', modelId)
        .execute();
    });
    return this.get(modelId);
  }

  /** Hides it; `ridgeline gc` removes it. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async delete(modelId: string): Promise<void> {
    await this.#database.write(async (writer) => {
      await activeLoggedModelRow(writer, modelId);
      await writer
        .updateTable('logged_models')
        .set({ lifecycle_stage: 'deleted', last_updated_timestamp_ms: this.#clock() })
        .where('model_id', '=', modelId)
        .execute();
    });
  }

  /** The same value again is fine. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async logParams(modelId: string, params: KeyValues): Promise<void> {
    const checked = checkLoggedModelPairs('param', params);
    await this.#database.write(async (writer) => {
      await activeLoggedModelRow(writer, modelId);
      await insertLoggedModelParams(writer, modelId, checked);
    });
  }

  /** The last value of a tag is its value. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async setTags(modelId: string, tags: KeyValues): Promise<void> {
    const checked = checkLoggedModelPairs('tag', tags);
    await this.#database.write(async (writer) => {
      await activeLoggedModelRow(writer, modelId);
      await putLoggedModelTags(writer, modelId, checked);
    });
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the model, or for the tag */
  async deleteTag(modelId: string, key: string): Promise<void> {
    const checked = checkText('tag key', key, limits.loggedModelKeyLength);
    await this.#database.write(async (writer) => {
      await activeLoggedModelRow(writer, modelId);
      const { numDeletedRows } = await writer
        .deleteFrom('logged_model_tags')
        .where('model_id', '=', modelId)
        .where('key', '=', checked)
        .executeTakeFirst();
      if (numDeletedRows > 0n) return;
      const message = `No tag with key '${checked}' found for model with ID '${modelId}'.`;
      throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
    });
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
}
