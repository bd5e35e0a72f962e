// Which trials of a sweep are not worth going on with, by Azure ML's three policies, from what all
// trials have reported so far. Each report of the primary metric is one interval.
//
// A trial is judged at the latest interval that it has reached and that the policy judges: a
// multiple of `evaluationInterval`, from `delayEvaluation` on. It is compared with what others
// had reached at that interval, however long ago, so that one that started late is not at a
// disadvantage. A trial once ended stays in the comparison.
import type { EarlyTermination } from '@ridgeline/azureml-yaml';

export type Goal = 'minimize' | 'maximize';

export interface TrialProgress {
  readonly name: string;
  /** The primary metric, in the order of its reports. */
  readonly values: readonly number[];
  readonly state: 'running' | 'completed' | 'stopped';
}

export function trialsToStop(
  policy: EarlyTermination,
  goal: Goal,
  trials: readonly TrialProgress[],
): readonly string[] {
  const reported = trials.map((trial) => ({ ...trial, values: trial.values.filter(isNumber) }));
  // All policies are written for less is better.
  const losses = reported.map((trial) => ({
    ...trial,
    values: goal === 'minimize' ? trial.values : trial.values.map((value) => -value),
  }));
  return losses
    .filter(({ state }) => state === 'running')
    .filter((trial) => isToStop(policy, trial, losses))
    .map(({ name }) => name);
}

function isToStop(
  policy: EarlyTermination,
  trial: TrialProgress,
  trials: readonly TrialProgress[],
): boolean {
  const interval = intervalToJudge(policy, trial.values.length);
  if (interval === null) return false;
  const peers = trials.filter(({ values }) => values.length >= interval);
  switch (policy.type) {
    case 'bandit':
      return (
        bestAt(trial, interval) >
        allowed(policy, Math.min(...peers.map((p) => bestAt(p, interval))))
      );
    case 'median_stopping':
      return bestAt(trial, interval) > median(peers.map((peer) => averageAt(peer, interval)));
    case 'truncation_selection':
      return isTruncated(policy, trial, peers, interval);
  }
}

function intervalToJudge(
  { evaluationInterval, delayEvaluation }: EarlyTermination,
  reached: number,
): number | null {
  const interval = reached - (reached % evaluationInterval);
  return interval >= Math.max(1, delayEvaluation) ? interval : null;
}

// Azure ML's example: best 0.8, to be maximised, a slack factor of 0.2: 0.8 / 1.2 is allowed. With
// the sign turned that is division for a negative loss, and multiplication for a positive one.
function allowed(
  { slackFactor, slackAmount }: Extract<EarlyTermination, { type: 'bandit' }>,
  best: number,
): number {
  if (slackFactor === null) return best + (slackAmount ?? 0);
  return best < 0 ? best / (1 + slackFactor) : best * (1 + slackFactor);
}

function isTruncated(
  policy: Extract<EarlyTermination, { type: 'truncation_selection' }>,
  trial: TrialProgress,
  peers: readonly TrialProgress[],
  interval: number,
): boolean {
  const compared = policy.excludeFinishedJobs
    ? peers.filter(({ state }) => state !== 'completed')
    : peers;
  const count = Math.floor((compared.length * policy.truncationPercentage) / 100);
  const own = bestAt(trial, interval);
  const better = compared.filter((peer) => bestAt(peer, interval) < own).length;
  // Of trials that are equal, none is among the worst before all are.
  const equal = compared.filter((peer) => bestAt(peer, interval) === own).length;
  return better >= compared.length - count && equal <= count;
}

function bestAt({ values }: TrialProgress, interval: number): number {
  return Math.min(...values.slice(0, interval));
}

function averageAt({ values }: TrialProgress, interval: number): number {
  return values.slice(0, interval).reduce((sum, value) => sum + value, 0) / interval;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}
