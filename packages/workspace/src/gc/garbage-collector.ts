// Removes for good what was deleted: rows, names and files of experiments, runs and logged models.
// First they go out of everybody's sight, with a note of what is left; then their points and their
// files; then the note. Killed in between, the next collection finishes what the notes say.
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { type ChangeSink, silent } from '../changes/change.ts';
import { checkInteger } from '../checks/check-text.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { countKept, findEmptyExperiments, findGarbage, type Garbage } from './find-garbage.ts';
import { removeExperiment, removeRow } from './remove-garbage.ts';
import { removeRest } from './remove-points.ts';

export interface CollectOptions {
  /** Only what was deleted so long ago; default 30 days. */
  readonly olderThanMs?: number | undefined;
  /** Says what would go, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface GarbageReport {
  readonly dryRun: boolean;
  readonly experiments: number;
  readonly runs: number;
  readonly loggedModels: number;
  /** Of their artifacts. */
  readonly files: number;
  readonly bytes: number;
  /** Deleted runs and logged models that stay, as model versions stand on their files. */
  readonly kept: number;
  /** Whether there is more: one call removes so much at most. */
  readonly more: boolean;
}

export interface GarbageCollectorOptions {
  readonly database: WorkspaceDatabase;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly changes?: ChangeSink;
}

const defaultAgeMs = 30 * 24 * 60 * 60 * 1_000;
/** Runs, logged models and experiments of one call. */
const maxAtOnce = 500;

export class GarbageCollector {
  readonly #database: WorkspaceDatabase;
  readonly #artifacts: ArtifactStore;
  readonly #clock: Clock;
  readonly #changes: ChangeSink;

  constructor({ database, artifacts, clock, changes }: GarbageCollectorOptions) {
    this.#database = database;
    this.#artifacts = artifacts;
    this.#clock = clock;
    this.#changes = changes ?? silent;
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE */
  async collect(options: CollectOptions = {}): Promise<GarbageReport> {
    const { olderThanMs = defaultAgeMs, dryRun = false } = options;
    const age = checkInteger('olderThanMs', olderThanMs, 0, Number.MAX_SAFE_INTEGER);
    const before = this.#clock() - age;
    if (!dryRun) await this.#finishRemovals();
    const found = await this.#database.read((reader) => findGarbage(reader, before, maxAtOnce + 1));
    const counts = { run: 0, loggedModel: 0, files: 0, bytes: 0 };
    for (const garbage of found.slice(0, maxAtOnce)) {
      const { files, bytes } = await this.#measure(garbage.id);
      if (!dryRun && !(await this.#remove(garbage))) continue;
      counts[garbage.kind] += 1;
      counts.files += files;
      counts.bytes += bytes;
    }
    const experiments = await this.#experiments(before, dryRun ? found : []);
    return {
      dryRun,
      experiments: dryRun ? experiments.length : await this.#removeExperiments(experiments),
      runs: counts.run,
      loggedModels: counts.loggedModel,
      files: counts.files,
      bytes: counts.bytes,
      kept: await this.#database.read((reader) => countKept(reader, before)),
      more: found.length > maxAtOnce || experiments.length > maxAtOnce,
    };
  }

  async #remove(garbage: Garbage): Promise<boolean> {
    const isRemoved = await this.#database.write((writer) => removeRow(writer, garbage));
    if (!isRemoved) return false;
    this.#tell(garbage);
    await this.#finishRemoval(garbage.id, garbage.experimentId);
    return true;
  }

  #tell({ kind, id, experimentId }: Garbage): void {
    const what = { action: 'removed', experimentId: String(experimentId) } as const;
    if (kind === 'run') this.#changes.publish({ kind, runId: id, ...what });
    else this.#changes.publish({ kind, modelId: id, ...what });
  }

  async #finishRemovals(): Promise<void> {
    const left = await this.#database.kysely.selectFrom('artifact_removals').selectAll().execute();
    for (const { owner_id, experiment_id } of left) {
      await this.#finishRemoval(owner_id, experiment_id);
    }
  }

  async #finishRemoval(ownerId: string, experimentId: number): Promise<void> {
    await removeRest(this.#database, ownerId);
    await this.#artifacts.discard(String(experimentId), ownerId);
    await this.#database.write((writer) =>
      writer.deleteFrom('artifact_removals').where('owner_id', '=', ownerId).execute(),
    );
  }

  /** @param soon what a dry run takes for gone. */
  async #experiments(before: number, soon: readonly Garbage[]): Promise<readonly number[]> {
    const gone = soon.map(({ id }) => id);
    return this.#database.read((reader) =>
      findEmptyExperiments(reader, before, maxAtOnce + 1, gone),
    );
  }

  async #removeExperiments(ids: readonly number[]): Promise<number> {
    let removed = 0;
    for (const id of ids.slice(0, maxAtOnce)) {
      if (!(await this.#database.write((writer) => removeExperiment(writer, id)))) continue;
      this.#changes.publish({ kind: 'experiment', action: 'removed', experimentId: String(id) });
      removed += 1;
    }
    return removed;
  }

  async #measure(ownerId: string): Promise<{ readonly files: number; readonly bytes: number }> {
    let files = 0;
    let bytes = 0;
    const folders: (string | undefined)[] = [undefined];
    while (folders.length > 0) {
      for (const entry of await this.#artifacts.list(ownerId, folders.pop())) {
        if (entry.is_dir) {
          folders.push(entry.path);
          continue;
        }
        files += 1;
        bytes += entry.file_size ?? 0;
      }
    }
    return { files, bytes };
  }
}
