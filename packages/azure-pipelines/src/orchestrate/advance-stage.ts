// A stage from its condition over its checks to its jobs and its result.

import type { Action } from './action.ts';
import { advanceJob, endJob } from './advance-job.ts';
import { environmentsOf } from './environment-run.ts';
import { evaluateCondition, type Verdict } from './evaluate-text.ts';
import { impliedCondition } from './implied-condition.ts';
import { stageScope } from './job-scope.ts';
import { Mistake } from './mistake.ts';
import { combineResults, type Result } from './result.ts';
import type { Run, StageNode } from './run-graph.ts';
import type { StageState } from './run-state.ts';
import { stageConditionSite } from './sites.ts';

export function advanceStage(run: Run, node: StageNode, actions: Action[]): void {
  const { state } = node;
  if (state.phase === 'pending') beginStage(run, node, actions);
  if (state.phase === 'awaitingStart') takeStart(run, node, actions);
  if (state.phase === 'checking') takeCheck(run, node, actions);
  if (state.phase !== 'running') return;
  for (const jobNode of node.jobs) advanceJob({ run, node, jobNode }, actions);
  const results = state.jobs.map(({ result }) => result);
  if (results.includes(null)) return;
  endStage(node, combineResults(results.filter((result) => result !== null)), actions);
}

function beginStage(run: Run, node: StageNode, actions: Action[]): void {
  if (node.before.some(({ state }) => state.phase !== 'completed')) return;
  if (node.state.bypassed) {
    node.state.trace = ['It was left out when the run was started.'];
    skipStage(run, node, actions);
  } else if (decide(run, node, actions)) admitStage(run, node, actions);
}

function admitStage(run: Run, node: StageNode, actions: Action[]): void {
  if (node.stage.trigger === 'manual') {
    node.state.phase = 'awaitingStart';
    actions.push({ kind: 'awaitStart', stage: node.stage });
  } else askForChecks(run, node, actions);
}

/** Evaluates the condition, and ends the stage when it does not hold. */
function decide(run: Run, node: StageNode, actions: Action[]): boolean {
  const { state } = node;
  try {
    const verdict = verdictOf(run, node);
    state.trace = verdict.trace;
    if (!verdict.holds) skipStage(run, node, actions);
    return verdict.holds;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    state.mistake = error.message;
    endStage(node, 'failed', actions);
    return false;
  }
}

function verdictOf(run: Run, node: StageNode): Verdict {
  if (run.state.canceling === 'forced') return { holds: false, trace: ['The run was canceled.'] };
  const condition = impliedCondition(node.stage);
  return evaluateCondition(
    condition,
    stageConditionSite({ run, node }, () => stageScope(run, node)),
  );
}

/** A cancel ends the wait for someone to start it, whatever its condition says. */
function takeStart(run: Run, node: StageNode, actions: Action[]): void {
  const { state } = node;
  if (state.answer === 'leftOut') {
    state.bypassed = true;
    state.trace = ['Nobody started it; it was left out.'];
    skipStage(run, node, actions);
  } else if (run.state.canceling !== 'no') skipStage(run, node, actions);
  else if (state.answer === 'started') askForChecks(run, node, actions);
}

function askForChecks(run: Run, node: StageNode, actions: Action[]): void {
  node.state.phase = 'checking';
  node.state.answer = null;
  actions.push(checkStage(run, node));
}

export function checkStage(run: Run, node: StageNode): Action {
  const own = node.stage.lockBehavior;
  return {
    kind: 'checkStage',
    stage: node.stage,
    attempt: node.state.attempt,
    lockBehavior: own ?? run.pipeline.lockBehavior ?? 'runLatest',
    hasOwnLock: own !== undefined,
    environments: environmentsOf(node, () => stageScope(run, node)),
  };
}

/** A rejection fails the stage; checks that nobody answered in time skip it. */
function takeCheck(run: Run, node: StageNode, actions: Action[]): void {
  const { state } = node;
  if (run.state.canceling !== 'no' && !decide(run, node, actions)) return;
  if (state.answer === 'approved') state.phase = 'running';
  if (state.answer === 'rejected') endStage(node, 'failed', actions);
  if (state.answer === 'timedOut') {
    state.trace = ['Its checks were not passed in time.'];
    skipStage(run, node, actions);
  }
  state.answer = null;
}

function skipStage(run: Run, node: StageNode, actions: Action[]): void {
  const { state } = node;
  const result = run.state.canceling === 'no' || state.bypassed ? 'skipped' : 'canceled';
  const name = { stage: node.stage.id };
  actions.push({ kind: 'skip', node: name, result, trace: state.trace });
  endStage(node, result, actions);
}

/** Jobs that were never looked at end as their stage, and as skipped where that has failed. */
function endStage(node: StageNode, result: Result, actions: Action[]): void {
  const { stage, state } = node;
  for (const { state: job } of node.jobs) {
    if (job.phase !== 'completed') endJob(job, result === 'canceled' ? 'canceled' : 'skipped');
  }
  state.phase = 'completed';
  state.result = result;
  state.answer = null;
  actions.push(stageFinished(stage.id, state, result));
}

function stageFinished(stage: string, state: StageState, result: Result): Action {
  const finished = {
    kind: 'stageFinished',
    node: { stage },
    attempt: state.attempt,
    result,
  } as const;
  return state.mistake === null ? finished : { ...finished, mistake: state.mistake };
}
