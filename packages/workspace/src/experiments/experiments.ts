// The experiments of a workspace: what groups runs. Every change is on disk when its promise
// resolves. Deleting hides an experiment and its runs; nothing here removes them for good.

import type { Transaction } from 'kysely';
import { type ChangeSink, type ExperimentChange, silent } from '../changes/change.ts';
import { invalid } from '../checks/check-text.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';
import { insertPermission } from '../permissions/permission-rows.ts';
import type { Page } from '../search/page.ts';
import {
  type CheckedExperiment,
  type CreateExperiment,
  checkExperiment,
  checkExperimentName,
  checkExperimentTag,
} from './check-experiment.ts';
import type { Experiment, ExperimentRow } from './experiment.ts';
import type { LifecycleStage } from './experiment-tables.ts';
import {
  activeExperimentRow,
  experimentRow,
  experimentRowByName,
  withTags,
} from './read-experiments.ts';
import { type ExperimentSearch, searchExperiments } from './search-experiments.ts';
import {
  insertExperiment,
  putExperimentTag,
  renameExperiment,
  setExperimentStage,
} from './write-experiments.ts';

export interface ExperimentsOptions {
  readonly database: WorkspaceDatabase;
  readonly clock?: Clock;
  readonly changes?: ChangeSink;
}

export class Experiments {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;
  readonly #changes: ChangeSink;

  constructor(options: ExperimentsOptions) {
    this.#database = options.database;
    this.#clock = options.clock ?? systemClock;
    this.#changes = options.changes ?? silent;
  }

  /** @throws RidgelineError RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE */
  async create(experiment: CreateExperiment): Promise<Experiment> {
    const checked = checkExperiment(experiment);
    const { managerId } = experiment;
    const id = await this.#database.write((writer) => this.#insert(writer, checked, managerId));
    this.#tell('created', id);
    return this.getById(String(id));
  }

  /** Deleted ones too. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async getById(id: string): Promise<Experiment> {
    return this.#database.read(async (reader) => {
      const row = await experimentRow(reader, id);
      return single(await withTags(reader, [row]));
    });
  }

  /** Deleted ones too. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async getByName(name: string): Promise<Experiment> {
    return this.#database.read(async (reader) => {
      const row = await experimentRowByName(reader, name);
      if (row === undefined) throw noExperimentNamed(name);
      return single(await withTags(reader, [row]));
    });
  }

  /**
   * @param managerId the id of a user who gets MANAGE on it where it is new.
   * @throws RidgelineError INVALID_PARAMETER_VALUE for a bad name, or if it is deleted
   */
  async getOrCreate(name: string, managerId?: string): Promise<Experiment> {
    const checked = checkExperimentName(name);
    const { id, isNew } = await this.#database.write(async (writer) => {
      const row = await experimentRowByName(writer, checked);
      if (row !== undefined) return { id: activeId(row), isNew: false };
      const made = checkExperiment({ name: checked });
      return { id: await this.#insert(writer, made, managerId), isNew: true };
    });
    if (isNew) this.#tell('created', id);
    return this.getById(String(id));
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, RESOURCE_ALREADY_EXISTS, INVALID_STATE */
  async update(id: string, change: { readonly name: string }): Promise<void> {
    const name = checkExperimentName(change.name);
    await this.#database.write(async (writer) => {
      const row = await experimentRow(writer, id);
      if (row.lifecycle_stage !== 'active') {
        throw new RidgelineError('INVALID_STATE', 'Cannot rename a non-active experiment');
      }
      await renameExperiment(writer, row.experiment_id, name, this.#clock());
    });
    this.#tell('updated', id);
  }

  /** Hides the experiment with its runs. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async delete(id: string): Promise<void> {
    await this.#move(id, 'active', 'deleted');
  }

  /** Shows the experiment again, with all its runs. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async restore(id: string): Promise<void> {
    await this.#move(id, 'deleted', 'active');
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async setTag(id: string, key: string, value: string): Promise<void> {
    const tag = checkExperimentTag({ key, value });
    await this.#database.write(async (writer) => {
      const row = await activeExperimentRow(writer, id);
      await putExperimentTag(writer, row.experiment_id, tag);
    });
    this.#tell('updated', id);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the experiment, or for the tag */
  async deleteTag(id: string, key: string): Promise<void> {
    await this.#database.write(async (writer) => {
      const row = await activeExperimentRow(writer, id);
      const { numDeletedRows } = await writer
        .deleteFrom('experiment_tags')
        .where('experiment_id', '=', row.experiment_id)
        .where('key', '=', key)
        .executeTakeFirst();
      if (numDeletedRows > 0n) return;
      const message = `No tag with name: ${key} in experiment with id ${id}`;
      throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
    });
    this.#tell('updated', id);
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async search(search: ExperimentSearch = {}): Promise<Page<Experiment>> {
    return this.#database.read(async (reader) => {
      const page = await searchExperiments(reader, search);
      return { ...page, items: await withTags(reader, page.items) };
    });
  }

  async #move(id: string, from: LifecycleStage, to: LifecycleStage): Promise<void> {
    await this.#database.write(async (writer) => {
      const row = await experimentRow(writer, id);
      if (row.lifecycle_stage === from) {
        return setExperimentStage(writer, row.experiment_id, to, this.#clock());
      }
      const message = `No ${from} Experiment with id=${id} exists`;
      throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
    });
    this.#tell(to === 'deleted' ? 'deleted' : 'restored', id);
  }

  async #insert(
    writer: Transaction<WorkspaceTables>,
    checked: CheckedExperiment,
    managerId: string | undefined,
  ): Promise<number> {
    const id = await insertExperiment(writer, checked, this.#clock());
    const thing = { kind: 'experiment', id: String(id) } as const;
    if (managerId !== undefined) await insertPermission(writer, thing, managerId, 'MANAGE');
    return id;
  }

  #tell(action: ExperimentChange['action'], id: number | string): void {
    this.#changes.publish({ kind: 'experiment', action, experimentId: String(id) });
  }
}

function activeId(row: ExperimentRow): number {
  if (row.lifecycle_stage === 'active') return row.experiment_id;
  throw invalid(`experiment '${row.name}' is deleted; restore it, or choose another name`);
}

function single(experiments: readonly Experiment[]): Experiment {
  const [experiment] = experiments;
  if (experiment === undefined) throw new Error('one row makes one experiment');
  return experiment;
}

function noExperimentNamed(name: string): RidgelineError {
  const message = `Could not find experiment with name '${name}'`;
  return new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}
