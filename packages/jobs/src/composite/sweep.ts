// A sweep: starts trials with other parameters each, stops those that are not worth going on with,
// and is worth its best one.
import type { SweepStep } from '@ridgeline/azureml-yaml';
import type { JobFailure, JobStatus } from '../job/job.ts';
import { trialsToStop } from '../sweep/early-termination.ts';
import { nextParameters, type SamplerSettings, trialCount } from '../sweep/sampler.ts';
import type { TrialSpec } from './child-spec.ts';
import { type Child, type CompositeActions, endWith, failWith, waitOn } from './composite.ts';
import { isOpen } from './loop-turns.ts';

export interface Trial extends Child<TrialSpec> {
  /** What it has reported of the primary metric so far, in order. */
  readonly values: readonly number[];
}

export interface SweepView {
  /** In the order of their numbers. */
  readonly trials: readonly Trial[];
  readonly seed: string;
  /** Since the sweep has begun. */
  readonly elapsedMs: number;
  /** How many steps can run at once. */
  readonly slots: number;
}

export function nextOfSweep(sweep: SweepStep, view: SweepView): CompositeActions {
  const { trials } = view;
  const open = trials.filter(isOpen);
  if (isOverdue(sweep, view)) return overdue(sweep, open);
  const start = trialsToStart(sweep, view, open.length);
  const stop = worthless(sweep, trials);
  if (start.length > 0 || open.length > 0) return { start, stop, result: null };
  return conclusion(sweep, trials);
}

function isOverdue({ limits }: SweepStep, { elapsedMs }: SweepView): boolean {
  return limits.timeoutSeconds !== null && elapsedMs >= limits.timeoutSeconds * 1000;
}

function overdue({ name, limits }: SweepStep, open: readonly Trial[]): CompositeActions {
  const message = `sweep '${name}' ran longer than its limit of ${limits.timeoutSeconds} seconds (limits.timeout)`;
  if (open.length === 0) return failWith('STEP_TIMEOUT', message);
  return { ...waitOn, stop: open.map((trial) => ({ name: trial.name, reason: message })) };
}

function trialsToStart(sweep: SweepStep, view: SweepView, openCount: number): TrialSpec[] {
  const settings = samplerSettings(sweep, view.seed);
  const { maxTotalTrials, maxConcurrentTrials } = sweep.limits;
  const total = Math.min(maxTotalTrials, trialCount(settings));
  // What a Bayesian sampler suggests is the better the more it has seen: it suggests nothing that
  // would only wait.
  const atOnce =
    sweep.sampling.algorithm === 'bayesian'
      ? Math.min(maxConcurrentTrials, view.slots)
      : maxConcurrentTrials;
  const history = view.trials.map(({ spec, status, values }) => ({
    parameters: spec.parameters,
    objective: status === 'Completed' ? (values.at(-1) ?? null) : null,
  }));
  const started: TrialSpec[] = [];
  const first = view.trials.length;
  const end = Math.min(total, first + Math.max(0, atOnce - openCount));
  for (let index = first; index < end; index += 1) {
    const parameters = nextParameters(settings, index, [
      ...history,
      ...started.map((spec) => ({ parameters: spec.parameters, objective: null })),
    ]);
    started.push({ kind: 'trial', index, parameters });
  }
  return started;
}

export function samplerSettings(sweep: SweepStep, jobSeed: string): SamplerSettings {
  const { searchSpace, sampling, objective } = sweep;
  const seed = sampling.seed === null ? jobSeed : String(sampling.seed);
  return { searchSpace, sampling, goal: objective.goal, seed };
}

function worthless(
  { earlyTermination, objective }: SweepStep,
  trials: readonly Trial[],
): CompositeActions['stop'] {
  if (earlyTermination === null) return [];
  const progress = trials.map(({ name, values, status }) => ({
    name,
    values,
    state: progressState(status),
  }));
  const reason = `stopped early by the policy '${earlyTermination.type}'`;
  return trialsToStop(earlyTermination, objective.goal, progress).map((name) => ({ name, reason }));
}

function progressState(status: JobStatus): 'running' | 'completed' | 'stopped' {
  if (status === 'Completed') return 'completed';
  return status === 'Failed' || status === 'Canceled' ? 'stopped' : 'running';
}

function conclusion(sweep: SweepStep, trials: readonly Trial[]): CompositeActions {
  const { goal, primaryMetric } = sweep.objective;
  const best = bestTrial(goal, trials);
  if (best === null) return endWith({ status: 'Failed', error: noBest(sweep, trials) });
  const decision =
    `the best of ${trials.length} trials is ${best.name} with ${primaryMetric} = ` +
    `${best.values.at(-1)} (${describeParameters(best.spec.parameters)})`;
  return endWith({ status: 'Completed', result: { kind: 'best', trial: best.name }, decision });
}

/** A search space may have very many. */
const mostShown = 10;

function describeParameters(parameters: Trial['spec']['parameters']): string {
  const all = Object.entries(parameters);
  const shown = all.slice(0, mostShown).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name} ${text.length > 50 ? `${text.slice(0, 49)}…` : text}`;
  });
  return [...shown, ...(all.length > mostShown ? ['…'] : [])].join(', ');
}

/** Of equal ones the first. */
export function bestTrial(
  goal: SweepStep['objective']['goal'],
  trials: readonly Trial[],
): Trial | null {
  const lossOf = ({ values }: Trial) =>
    (values.at(-1) ?? Number.NaN) * (goal === 'minimize' ? 1 : -1);
  const judged = trials.filter(
    (trial) => trial.status === 'Completed' && !Number.isNaN(lossOf(trial)),
  );
  return judged.reduce<Trial | null>(
    (best, trial) => (best === null || lossOf(trial) < lossOf(best) ? trial : best),
    null,
  );
}

function noBest({ name, objective }: SweepStep, trials: readonly Trial[]): JobFailure {
  const completed = trials.filter(({ status }) => status === 'Completed');
  if (completed.length > 0) {
    const message =
      `none of the ${completed.length} completed trials of sweep '${name}' has logged its primary ` +
      `metric '${objective.primaryMetric}'; log it in the trial, such as with mlflow.log_metric`;
    return { code: 'SWEEP_METRIC_MISSING', message };
  }
  const failed = trials.find(({ error }) => error !== null);
  const reason = failed?.error?.message ?? 'all of them were stopped';
  const message = `no trial of sweep '${name}' has completed (${trials.length} were made): ${reason}`;
  return { code: failed?.error?.code ?? 'STEP_FAILED', message };
}
