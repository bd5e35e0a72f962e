// What runs say of themselves: whose steps they were, of which commit and which build. What a run does
// not say, those above it may.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import type { WorkspaceTables } from '../database/tables.ts';
import { parentRunTag } from '../runs/create-run.ts';
import type { LineageBuild, LineageGit, LineageRun } from './lineage.ts';

type Reader = Transaction<WorkspaceTables>;

interface RunWithTags {
  readonly name: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly userId: string;
  readonly tags: ReadonlyMap<string, string>;
}

// Deeper than anybody nests runs; it ends the search where tags name each other in a circle.
const maxGenerations = 20;

/** Who has submitted a job is noted by the server: the tokens of builds have such names. */
const tokenOfBuild = /^build:(\d+) /;

export class RunFacts {
  readonly #runs: ReadonlyMap<string, RunWithTags>;

  private constructor(runs: ReadonlyMap<string, RunWithTags>) {
    this.#runs = runs;
  }

  /** Of these runs and those above them, deleted ones too. */
  static async read(reader: Reader, runIds: readonly string[]): Promise<RunFacts> {
    const runs = new Map<string, RunWithTags>();
    let wanted = [...new Set(runIds)];
    for (let up = 0; up < maxGenerations && wanted.length > 0; up += 1) {
      const found = await readRuns(reader, wanted);
      for (const [id, run] of found) runs.set(id, run);
      const parents = [...found.values()].flatMap(({ tags }) => tags.get(parentRunTag) ?? []);
      wanted = [...new Set(parents)].filter((id) => !runs.has(id));
    }
    return new RunFacts(runs);
  }

  has(runId: string): boolean {
    return this.#runs.has(runId);
  }

  /** All that were read: the runs and those above them. */
  get runIds(): readonly string[] {
    return [...this.#runs.keys()];
  }

  describe(runId: string): LineageRun {
    const run = this.#runs.get(runId);
    return {
      runId,
      runName: run?.name ?? null,
      experimentId: run?.experimentId ?? null,
      experimentName: run?.experimentName ?? null,
      jobId: this.#jobOf(runId),
      step: this.tag(runId, 'ridgeline.step'),
      reusedFrom: run?.tags.get('ridgeline.reused_from') ?? null,
    };
  }

  /** The run's own, or that of the nearest above it that has it. */
  tag(runId: string, key: string): string | null {
    for (const id of this.#lineOf(runId)) {
      const value = this.#tagsOf(id)?.get(key);
      if (value !== undefined && value !== '') return value;
    }
    return null;
  }

  git(runId: string): LineageGit | null {
    const commit =
      this.tag(runId, 'mlflow.source.git.commit') ?? this.tag(runId, 'mlflow.git.commit');
    if (commit === null) return null;
    const dirty = this.tag(runId, 'azureml.git.dirty') ?? this.tag(runId, 'mlflow.git.dirty');
    return {
      commit,
      branch: this.tag(runId, 'mlflow.source.git.branch') ?? this.tag(runId, 'mlflow.git.branch'),
      repository:
        this.tag(runId, 'mlflow.source.git.repoURL') ?? this.tag(runId, 'mlflow.git.repo_url'),
      isDirty: dirty === null ? null : dirty.toLowerCase() === 'true',
    };
  }

  /** What the server knows itself comes before what a caller has said. */
  build(runId: string): LineageBuild | null {
    const id = this.#submitterOf(runId) ?? this.tag(runId, 'BuildId');
    return id === null ? null : { id, uri: this.tag(runId, 'BuildUri') };
  }

  /** The build whose job has submitted the run's job. */
  #submitterOf(runId: string): string | null {
    const jobId = this.#jobOf(runId);
    const userId = jobId === null ? undefined : this.#runs.get(jobId)?.userId;
    return tokenOfBuild.exec(userId ?? '')?.[1] ?? null;
  }

  #jobOf(runId: string): string | null {
    return this.#lineOf(runId).find((id) => this.#tagsOf(id)?.has('ridgeline.job')) ?? null;
  }

  #tagsOf(runId: string): ReadonlyMap<string, string> | undefined {
    return this.#runs.get(runId)?.tags;
  }

  /** The run, its parent, and so on. */
  #lineOf(runId: string): readonly string[] {
    const line = [runId];
    for (let id = this.#tagsOf(runId)?.get(parentRunTag); id !== undefined; ) {
      if (line.includes(id)) break;
      line.push(id);
      id = this.#tagsOf(id)?.get(parentRunTag);
    }
    return line;
  }
}

async function readRuns(
  reader: Reader,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, RunWithTags>> {
  const runs = new Map<string, RunWithTags>();
  for (const ids of chunks(runIds)) {
    const rows = await reader
      .selectFrom('runs')
      .innerJoin('experiments', 'experiments.experiment_id', 'runs.experiment_id')
      .select([
        'run_uuid',
        'runs.name',
        'user_id',
        'runs.experiment_id',
        'experiments.name as experiment',
      ])
      .where('run_uuid', 'in', ids)
      .execute();
    const tags = await reader.selectFrom('tags').selectAll().where('run_uuid', 'in', ids).execute();
    const byRun = Map.groupBy(tags, (tag) => tag.run_uuid);
    for (const { run_uuid: id, name, user_id: userId, experiment_id, experiment } of rows) {
      const own = (byRun.get(id) ?? []).map(({ key, value }) => [key, value] as const);
      const where = { experimentId: String(experiment_id), experimentName: experiment };
      runs.set(id, { name, userId, ...where, tags: new Map(own) });
    }
  }
  return runs;
}
