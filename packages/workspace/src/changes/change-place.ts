// Where a change belongs: to which experiment, and to which runs. That of a job is also that of its
// root run, which has the job's id.
import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { parentRunTag } from '../runs/create-run.ts';
import type { Change } from './change.ts';

export interface ChangePlace {
  readonly experimentId: string | null;
  /** The run, its parent, and so on; empty for what is no run's. */
  readonly runIds: readonly string[];
}

interface KnownRun {
  readonly experimentId: string;
  readonly parentRunId: string | null;
}

// Deeper than anybody nests runs; it ends the search where tags name each other in a circle.
const maxGenerations = 20;
const maxKnown = 10_000;

export class ChangePlaces {
  readonly #reader: Kysely<WorkspaceTables>;
  readonly #known = new Map<string, KnownRun>();

  constructor(reader: Kysely<WorkspaceTables>) {
    this.#reader = reader;
  }

  /** Of each change, in their order. Of a run that is gone only its own id is known. */
  async of(changes: readonly Change[]): Promise<readonly ChangePlace[]> {
    for (const change of changes) this.#learn(change);
    await this.#lookUp(changes.map(runIdOf).filter((id) => id !== null));
    return changes.map((change) => this.#placeOf(change));
  }

  #learn(change: Change): void {
    if (change.kind === 'tags' && (change.keys.length === 0 || change.keys.includes(parentRunTag)))
      this.#known.delete(change.runId);
    if (change.kind !== 'run') return;
    const { runId, experimentId, parentRunId } = change;
    if (experimentId === undefined || parentRunId === undefined) return;
    this.#remember(runId, { experimentId, parentRunId });
  }

  async #lookUp(runIds: readonly string[]): Promise<void> {
    let wanted = new Set(runIds);
    for (let up = 0; up < maxGenerations && wanted.size > 0; up += 1) {
      await this.#read([...wanted].filter((id) => !this.#known.has(id)));
      const parents = [...wanted].map((id) => this.#known.get(id)?.parentRunId ?? null);
      wanted = new Set(parents.filter((id) => id !== null));
    }
  }

  async #read(runIds: readonly string[]): Promise<void> {
    if (runIds.length === 0) return;
    const rows = await this.#reader
      .selectFrom('runs')
      .leftJoin('tags', (join) =>
        join.onRef('tags.run_uuid', '=', 'runs.run_uuid').on('tags.key', '=', parentRunTag),
      )
      .select(['runs.run_uuid', 'runs.experiment_id', 'tags.value'])
      .where('runs.run_uuid', 'in', runIds)
      .execute();
    for (const { run_uuid, experiment_id, value: parentRunId } of rows)
      this.#remember(run_uuid, { experimentId: String(experiment_id), parentRunId });
  }

  #remember(runId: string, run: KnownRun): void {
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.set(runId, run);
  }

  #placeOf(change: Change): ChangePlace {
    const runId = runIdOf(change);
    const named = 'experimentId' in change ? (change.experimentId ?? null) : null;
    if (runId === null) return { experimentId: named, runIds: [] };
    const runIds: string[] = [];
    let next: string | null = runId;
    while (next !== null && runIds.length < maxGenerations && !runIds.includes(next)) {
      runIds.push(next);
      next = this.#known.get(next)?.parentRunId ?? null;
    }
    const experimentId = named ?? this.#known.get(runId)?.experimentId ?? null;
    return { experimentId, runIds };
  }
}

function runIdOf(change: Change): string | null {
  if ('jobId' in change) return change.jobId;
  return 'runId' in change ? (change.runId ?? null) : null;
}
