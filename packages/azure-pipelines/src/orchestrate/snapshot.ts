// Reads a snapshot back. It is our own writing: what is checked is that it belongs to the pipeline,
// not each of its parts.

import type { Pipeline } from '../pipeline/pipeline.ts';
import { OrchestrateError } from './orchestrate-error.ts';
import type { RunState } from './run-state.ts';

/** A copy. @throws OrchestrateError SNAPSHOT_MISMATCH */
export function readSnapshot(pipeline: Pipeline, snapshot: unknown): RunState {
  if (isState(snapshot) && shapeOf(snapshot.stages) === shapeOf(pipeline.stages)) {
    return structuredClone(snapshot);
  }
  const message = 'the snapshot is of another pipeline; restore it with the file that it ran with';
  throw new OrchestrateError('SNAPSHOT_MISMATCH', message);
}

function isState(snapshot: unknown): snapshot is RunState {
  if (typeof snapshot !== 'object' || snapshot === null) return false;
  const { version, stages } = snapshot as Partial<RunState>;
  return version === 1 && Array.isArray(stages) && stages.every(({ jobs }) => Array.isArray(jobs));
}

interface StageShape {
  readonly id: string;
  readonly jobs: readonly { readonly id: string }[];
}

function shapeOf(stages: readonly StageShape[]): string {
  return JSON.stringify(stages.map(({ id, jobs }) => [id, jobs.map((job) => job.id)]));
}
