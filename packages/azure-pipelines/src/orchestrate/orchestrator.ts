// A run as a state machine: `next` says what is to be done, the host does it and reports. It has no
// clock and does no I/O; what it was told and what came of that is its snapshot.

import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Action } from './action.ts';
import { advance, runResult } from './advance.ts';
import { checkStage } from './advance-stage.ts';
import { buildJobRun, type InstancePlace, jobRunId } from './build-job-run.ts';
import type { JobOutcome } from './job-run.ts';
import { newState } from './new-state.ts';
import { OrchestrateError } from './orchestrate-error.ts';
import { type RerunScope, rerunState } from './rerun.ts';
import type { Result } from './result.ts';
import type { RunFacts } from './run-facts.ts';
import { isSameName, type Run, runOf, type StageNode } from './run-graph.ts';
import type { RunState, StageAnswer } from './run-state.ts';
import { readSnapshot } from './snapshot.ts';

export type CheckAnswer = 'approved' | 'rejected' | 'timedOut';

export class Orchestrator {
  readonly #run: Run;

  /** @throws OrchestrateError STAGE_UNKNOWN, STAGE_NOT_SKIPPABLE */
  constructor(pipeline: Pipeline, facts: RunFacts, state: RunState = newState(pipeline, facts)) {
    this.#run = runOf(pipeline, facts, state);
  }

  /** Goes on exactly where the snapshot was taken. What was under way then, `outstanding` tells.
   * @throws OrchestrateError SNAPSHOT_MISMATCH */
  static restore(pipeline: Pipeline, facts: RunFacts, snapshot: unknown): Orchestrator {
    return new Orchestrator(pipeline, facts, readSnapshot(pipeline, snapshot));
  }

  /** A new attempt of a run; whatever its snapshot holds as running is taken as cut off.
   * @throws OrchestrateError SNAPSHOT_MISMATCH, STAGE_UNKNOWN */
  static rerun(
    pipeline: Pipeline,
    facts: RunFacts,
    snapshot: unknown,
    scope: RerunScope,
  ): Orchestrator {
    const run = runOf(pipeline, facts, readSnapshot(pipeline, snapshot));
    return new Orchestrator(pipeline, facts, rerunState(run, scope));
  }

  /** What has become possible since the last call. Nothing new: an empty list. */
  next(): readonly Action[] {
    return advance(this.#run);
  }

  /** What is asked for and not answered yet: to go on with after a restore. */
  outstanding(): readonly Action[] {
    return this.#run.stages.flatMap((node) => this.#outstandingOf(node));
  }

  /** Of the whole run, once it has ended. */
  get result(): Result | undefined {
    return runResult(this.#run);
  }

  /** False when the stage waits for its checks no more: an answer can cross with a cancel.
   * @throws OrchestrateError STAGE_UNKNOWN */
  stageChecked(stage: string, answer: CheckAnswer): boolean {
    return this.#answer(stage, 'checking', answer);
  }

  /** Someone has started a manual stage. False when it does not wait for that.
   * @throws OrchestrateError STAGE_UNKNOWN */
  startStage(stage: string): boolean {
    return this.#answer(stage, 'awaitingStart', 'started');
  }

  /** A manual stage is left out; what depends on it goes on. False when it does not wait.
   * @throws OrchestrateError STAGE_UNKNOWN */
  skipStage(stage: string): boolean {
    return this.#answer(stage, 'awaitingStart', 'leftOut');
  }

  /** @throws OrchestrateError JOB_RUN_NOT_RUNNING */
  jobFinished(id: string, { result, outputs, secretOutputs }: JobOutcome): void {
    const { instance } = this.#runningPlace(id);
    instance.phase = 'completed';
    instance.result = result;
    instance.outputs = [...outputs].map(([name, value]) => {
      return { name, value, secret: secretOutputs?.has(name) ?? false };
    });
  }

  /** Conditions are evaluated as for a run that is canceled: what is to run always still does,
   * unless it is `forced`. A run that has ended stays as it is. */
  cancel(how: 'asked' | 'forced' = 'asked'): void {
    const { state } = this.#run;
    if (this.result === undefined && state.canceling !== 'forced') state.canceling = how;
  }

  /** Plain JSON. It holds outputs with their values, of secrets too: keep it as secrets are kept. */
  snapshot(): RunState {
    return structuredClone(this.#run.state);
  }

  #outstandingOf(node: StageNode): readonly Action[] {
    const { stage, state } = node;
    if (state.answer !== null) return [];
    if (state.phase === 'awaitingStart') return [{ kind: 'awaitStart', stage }];
    if (state.phase === 'checking') return [checkStage(this.#run, node)];
    return this.#runningPlaces(node).flatMap((place): Action[] => {
      const start: Action = { kind: 'startJob', job: buildJobRun(place) };
      if (!place.instance.cancelSent) return [start];
      return [start, { kind: 'cancelJob', id: jobRunId(place) }];
    });
  }

  #runningPlaces(node: StageNode): readonly InstancePlace[] {
    return node.jobs.flatMap((jobNode) =>
      jobNode.state.instances
        .filter(({ phase }) => phase === 'running')
        .map((instance) => ({ run: this.#run, node, jobNode, instance })),
    );
  }

  #runningPlace(id: string): InstancePlace {
    // Ids of stages hold no dots: only one stage's jobs are looked through.
    const nodes = this.#run.stages.filter(({ stage }) => id.startsWith(`${stage.id}.`));
    const places = nodes.flatMap((node) => this.#runningPlaces(node));
    const found = places.find((place) => jobRunId(place) === id);
    if (found !== undefined) return found;
    const message = `job run "${id}" is not running: it was never started, or has ended already`;
    throw new OrchestrateError('JOB_RUN_NOT_RUNNING', message);
  }

  #answer(id: string, phase: 'checking' | 'awaitingStart', answer: StageAnswer): boolean {
    const node = this.#run.stages.find(({ stage }) => isSameName(stage.id, id));
    if (node === undefined) {
      throw new OrchestrateError('STAGE_UNKNOWN', `stage "${id}" does not exist`);
    }
    const { state } = node;
    if (state.phase !== phase || state.answer !== null) return false;
    state.answer = answer;
    return true;
  }
}
