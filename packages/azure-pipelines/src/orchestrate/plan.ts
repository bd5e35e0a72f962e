// What a run would do, before there is one: each stage and job with what its condition comes to when
// everything that runs succeeds. Outputs, counters and runtime matrices are unknown until a run.

import type { Pipeline, Stage, Text } from '../pipeline/pipeline.ts';
import { buildJobRun } from './build-job-run.ts';
import { environmentsOf } from './environment-run.ts';
import { expandInstances } from './expand-instances.ts';
import { impliedCondition } from './implied-condition.ts';
import { jobScope, stageScope } from './job-scope.ts';
import { Mistake } from './mistake.ts';
import { newState } from './new-state.ts';
import { type Outlook, type Prospect, planCondition } from './plan-condition.ts';
import type { PlannedJob, PlannedPart, PlannedStage } from './planned.ts';
import { combineResults, type Result } from './result.ts';
import type { RunFacts } from './run-facts.ts';
import { inOrder, type JobNode, type Place, type Run, runOf, type StageNode } from './run-graph.ts';
import type { JobState, StageState } from './run-state.ts';
import { jobConditionSite, stageConditionSite } from './sites.ts';
import { UnknownValue } from './unknown-value.ts';

/** In the order of the pipeline. @throws OrchestrateError STAGE_UNKNOWN, STAGE_NOT_SKIPPABLE */
export function plan(pipeline: Pipeline, facts: RunFacts): readonly PlannedStage[] {
  const nextCounter = (prefix: string) => {
    throw new UnknownValue(`counter('${prefix}')`);
  };
  const state = newState(pipeline, facts);
  const run = runOf(pipeline, { ...facts, nextCounter }, state, true);
  const planned = new Map<StageNode, PlannedStage>();
  for (const node of inOrder(run.stages)) planned.set(node, planStage(run, node));
  return run.stages.flatMap((node) => planned.get(node) ?? []);
}

function planStage(run: Run, node: StageNode): PlannedStage {
  const { stage, state } = node;
  const scope = () => stageScope(run, node);
  const part = state.bypassed
    ? leftOut(stage)
    : planPart(impliedCondition(stage), node.before, (condition) =>
        planCondition(condition, stageConditionSite({ run, node }, scope)),
      );
  const runs = part.outlook === 'runs' || part.outlook === 'unknown';
  const jobs = planJobs(run, node, runs);
  settle(state, part.outlook);
  if (part.outlook === 'runs') state.result = stageResult(state.jobs);
  const environments = environmentsOf(node, scope);
  return { ...part, stage, isManual: stage.trigger === 'manual', environments, jobs };
}

function leftOut(stage: Stage): PlannedPart {
  const reasons = ['It is left out of this run.'];
  return { outlook: 'skipped', reasons, condition: impliedCondition(stage).text };
}

function planJobs(run: Run, node: StageNode, stageRuns: boolean): readonly PlannedJob[] {
  const planned = new Map<JobNode, PlannedJob>();
  for (const jobNode of inOrder(node.jobs)) {
    planned.set(jobNode, planJob({ run, node, jobNode }, stageRuns));
  }
  return node.jobs.flatMap((jobNode) => planned.get(jobNode) ?? []);
}

function planJob(place: Required<Place>, stageRuns: boolean): PlannedJob {
  const { job, state } = place.jobNode;
  const condition = impliedCondition(job);
  if (!stageRuns) {
    settle(state, 'skipped');
    return {
      job,
      outlook: 'skipped',
      reasons: ['Its stage is not run.'],
      condition: condition.text,
    };
  }
  const part = planPart(condition, place.jobNode.before, () =>
    planCondition(
      condition,
      jobConditionSite(place, () => jobScope(place)),
    ),
  );
  const { mistake, ...known } = part.outlook === 'skipped' ? nothing : planInstances(place);
  const outlook = mistake !== undefined && part.outlook === 'runs' ? 'fails' : part.outlook;
  settle(state, outlook);
  const reasons = mistake === undefined ? part.reasons : [...part.reasons, mistake];
  return { ...part, ...known, job, outlook, reasons };
}

const nothing: PlannedInstances = { instances: [] };

/** The condition as it is, and once more with everything before it failed that can fail. */
function planPart(
  condition: Text,
  before: readonly { readonly state: StageState | JobState }[],
  evaluate: (condition: Text) => Prospect,
): PlannedPart {
  const part = { ...evaluate(condition), condition: condition.text };
  const states = before.map(({ state }) => state).filter(({ result }) => result !== 'skipped');
  if (states.length === 0) return part;
  const results = states.map(({ result }) => result);
  for (const state of states) state.result = 'failed';
  const afterFailure = evaluate(condition).outlook;
  for (const [index, state] of states.entries()) state.result = results[index] ?? null;
  return { ...part, afterFailure };
}

interface PlannedInstances {
  readonly instances?: readonly string[];
  /** Why it could not start. */
  readonly mistake?: string;
}

function planInstances(place: Required<Place>): PlannedInstances {
  const expanded = attempt(() => expandInstances(place).instances);
  if (typeof expanded === 'string') return { mistake: expanded };
  if (expanded === undefined) return {};
  const instances = expanded.map(({ key }) => key).filter(Boolean);
  const runs = expanded.map((instance) => attempt(() => buildJobRun({ ...place, instance })));
  const mistake = runs.find((run) => typeof run === 'string');
  return mistake === undefined ? { instances } : { instances, mistake };
}

/** Undefined for what only a run knows; the message of a mistake. */
function attempt<T>(work: () => T): T | string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnknownValue) return undefined;
    if (error instanceof Mistake) return error.message;
    throw error;
  }
}

const assumed: Readonly<Record<Outlook, Result | null>> = {
  runs: 'succeeded',
  skipped: 'skipped',
  fails: 'failed',
  unknown: null,
};

function settle(state: StageState | JobState, outlook: Outlook): void {
  state.result = assumed[outlook];
}

/** Unknown where it hangs upon jobs that are: then all of them may be skipped. */
function stageResult(jobs: readonly JobState[]): Result | null {
  const known = jobs.map(({ result }) => result).filter((result) => result !== null);
  const result = combineResults(known);
  return result === 'skipped' && known.length < jobs.length ? null : result;
}
