// A job of a running stage: its condition, its legs or hooks as far as they may start, its result.

import type { Action } from './action.ts';
import { buildJobRun, type InstancePlace, jobRunId } from './build-job-run.ts';
import { evaluateCondition, type Verdict } from './evaluate-text.ts';
import { expandInstances } from './expand-instances.ts';
import { impliedCondition } from './implied-condition.ts';
import { jobScope } from './job-scope.ts';
import { Mistake } from './mistake.ts';
import { nextHooks } from './next-hooks.ts';
import { combineResults, type Result, weighResult } from './result.ts';
import type { Place } from './run-graph.ts';
import type { InstanceState, JobState } from './run-state.ts';
import { jobConditionSite } from './sites.ts';

type JobPlace = Required<Place>;

export function advanceJob(place: JobPlace, actions: Action[]): void {
  const { state } = place.jobNode;
  if (state.phase === 'pending') beginJob(place, actions);
  if (state.phase !== 'running') return;
  if (place.run.state.canceling !== 'no') cancelInstances(place, actions);
  // What cannot start for a mistake has ended, and others may take its turn.
  while (startInstances(place, actions));
  if (state.instances.some(({ phase }) => phase !== 'completed')) return;
  finishJob(place, combineResults(state.instances.map(weighed)), actions);
}

function beginJob(place: JobPlace, actions: Action[]): void {
  const { jobNode } = place;
  if (jobNode.before.some(({ state }) => state.phase !== 'completed')) return;
  attempt(place, actions, () => {
    const verdict = verdictOf(place);
    jobNode.state.trace = verdict.trace;
    if (!verdict.holds) return skipJob(place, actions);
    // A job that runs again knows its legs.
    if (jobNode.state.instances.length === 0) {
      const { instances, maxParallel } = expandInstances(place);
      jobNode.state.instances = instances;
      jobNode.state.maxParallel = maxParallel;
    }
    jobNode.state.phase = 'running';
  });
}

function verdictOf(place: JobPlace): Verdict {
  if (place.run.state.canceling === 'forced') {
    return { holds: false, trace: ['The run was canceled.'] };
  }
  const site = jobConditionSite(place, () => jobScope(place));
  return evaluateCondition(impliedCondition(place.jobNode.job), site);
}

/** A mistake fails the job. */
function attempt(place: JobPlace, actions: Action[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    place.jobNode.state.mistake = error.message;
    finishJob(place, 'failed', actions);
  }
}

/** What runs is canceled unless the job's condition holds still, as that of a job which always runs;
 * a step that is running decides for itself in the same way. */
function cancelInstances(place: JobPlace, actions: Action[]): void {
  const { state } = place.jobNode;
  state.stopped ||= !holdsStill(place);
  if (!state.stopped) return;
  for (const instance of state.instances) {
    if (instance.phase === 'waiting') complete(instance, 'canceled');
    if (instance.phase === 'running' && !instance.cancelSent) {
      instance.cancelSent = true;
      actions.push({ kind: 'cancelJob', id: jobRunId({ ...place, instance }) });
    }
  }
}

function holdsStill(place: JobPlace): boolean {
  try {
    return verdictOf(place).holds;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return false;
  }
}

/** Whether any has started or ended. */
function startInstances(place: JobPlace, actions: Action[]): boolean {
  const { state } = place.jobNode;
  const { start, drop } = place.jobNode.job.deployment
    ? nextHooks(state.instances)
    : { start: nextLegs(state), drop: [] };
  for (const instance of drop) complete(instance, 'skipped');
  for (const instance of start) startInstance({ ...place, instance }, actions);
  return start.length + drop.length > 0;
}

function nextLegs({ instances, maxParallel }: JobState): readonly InstanceState[] {
  const running = instances.filter(({ phase }) => phase === 'running').length;
  const free = maxParallel === 0 ? instances.length : Math.max(0, maxParallel - running);
  return instances.filter(({ phase }) => phase === 'waiting').slice(0, free);
}

function startInstance(place: InstancePlace, actions: Action[]): void {
  const { instance, jobNode } = place;
  try {
    const job = buildJobRun(place);
    instance.phase = 'running';
    instance.continueOnError = job.continueOnError;
    actions.push({ kind: 'startJob', job });
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    jobNode.state.mistake ??= error.message;
    complete(instance, 'failed');
  }
}

/** continueOnError is the job's: within a deployment a failed hook is one, and has its reply. */
function weighed({ result, continueOnError }: InstanceState): Result {
  return weighResult(result ?? 'skipped', continueOnError);
}

function complete(instance: InstanceState, result: Result): void {
  instance.phase = 'completed';
  instance.result = result;
}

function skipJob(place: JobPlace, actions: Action[]): void {
  const { run, node, jobNode } = place;
  const result = run.state.canceling === 'no' ? 'skipped' : 'canceled';
  const name = { stage: node.stage.id, job: jobNode.job.id };
  actions.push({ kind: 'skip', node: name, result, trace: jobNode.state.trace });
  finishJob(place, result, actions);
}

function finishJob({ node, jobNode }: JobPlace, result: Result, actions: Action[]): void {
  const { job, state } = jobNode;
  endJob(state, result);
  const finished = {
    kind: 'jobFinished',
    node: { stage: node.stage.id, job: job.id },
    result,
  } as const;
  actions.push(state.mistake === null ? finished : { ...finished, mistake: state.mistake });
}

export function endJob(state: JobState, result: Result): void {
  state.phase = 'completed';
  state.result = result;
}
