// A sweep: what is drawn, how, for what, and how often. Its trial is converted by its caller.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Distribution, EarlyTermination, Sampling, SweepFields } from '../job/sweep-types.ts';
import { foldWord } from '../schema/fold-word.ts';
import type { MapEntry, MapToken, Token } from '../text/token.ts';
import { literalOf, oneOf } from './convert-input.ts';
import { booleanAt, entriesAt, mapAt, numberAt, stringAt, valueAt } from './read-token.ts';

/** Azure ML's own limit. */
const mostTrials = 1000;

export function convertSweep(token: Token, sink: DiagnosticSink): Omit<SweepFields, 'trial'> {
  const searchSpace = new Map<string, Distribution>();
  for (const entry of entriesAt(token, 'search_space').values()) {
    const distribution = convertDistribution(entry, sink);
    if (distribution !== null) searchSpace.set(entry.key, distribution);
  }
  const sampling = convertSampling(token);
  if (sampling.algorithm === 'grid') checkGrid(token, searchSpace, sink);
  const objective = mapAt(token, 'objective');
  return {
    searchSpace,
    sampling,
    objective: {
      goal: stringAt(objective, 'goal')?.toLowerCase() === 'maximize' ? 'maximize' : 'minimize',
      primaryMetric: stringAt(objective, 'primary_metric') ?? '',
    },
    earlyTermination: convertPolicy(mapAt(token, 'early_termination'), sink),
    limits: convertLimits(mapAt(token, 'limits'), sink),
  };
}

function convertLimits(map: MapToken | null, sink: DiagnosticSink): SweepFields['limits'] {
  const maxTotalTrials = numberAt(map, 'max_total_trials') ?? mostTrials;
  const concurrent = numberAt(map, 'max_concurrent_trials');
  if (concurrent !== null && concurrent > maxTotalTrials) {
    const message = `'max_concurrent_trials' (${concurrent}) is above 'max_total_trials' (${maxTotalTrials}); lower it`;
    const offset = valueAt(map, 'max_concurrent_trials')?.offset ?? 0;
    sink.report('VALUE_OUT_OF_RANGE', offset, message);
  }
  return {
    maxTotalTrials,
    maxConcurrentTrials: concurrent ?? maxTotalTrials,
    timeoutSeconds: numberAt(map, 'timeout'),
    trialTimeoutSeconds: numberAt(map, 'trial_timeout'),
  };
}

/** Null when its values do not fit together; what one value has wrong is the schema's to say. */
function convertDistribution(entry: MapEntry, sink: DiagnosticSink): Distribution | null {
  const { value: token } = entry;
  const type = stringAt(token, 'type')?.toLowerCase();
  const q = numberAt(token, 'q') ?? 1;
  switch (type) {
    case 'choice':
      return { type, values: choicesOf(token) };
    case 'randint':
      return { type, upper: numberAt(token, 'upper') ?? 1 };
    case 'uniform':
    case 'loguniform':
      return { type, ...rangeOf(entry, sink) };
    case 'quniform':
    case 'qloguniform':
      return { type, ...rangeOf(entry, sink), q };
    case 'normal':
    case 'lognormal':
      return { type, ...bellOf(token) };
    case 'qnormal':
    case 'qlognormal':
      return { type, ...bellOf(token), q };
    default:
      return null;
  }
}

function choicesOf(token: Token) {
  const values = valueAt(token, 'values');
  if (values?.kind !== 'list') return [];
  return values.items.map(literalOf).filter((value) => value !== null);
}

function bellOf(token: Token) {
  return { mu: numberAt(token, 'mu') ?? 0, sigma: numberAt(token, 'sigma') ?? 1 };
}

function rangeOf({ key, value: token }: MapEntry, sink: DiagnosticSink) {
  const minValue = numberAt(token, 'min_value') ?? 0;
  const maxValue = numberAt(token, 'max_value') ?? minValue;
  if (minValue > maxValue) {
    const message = `'min_value' of '${key}' (${minValue}) is above its 'max_value' (${maxValue}); correct one`;
    sink.report('VALUE_OUT_OF_RANGE', valueAt(token, 'min_value')?.offset ?? token.offset, message);
  }
  return { minValue, maxValue };
}

function convertSampling(token: Token): Sampling {
  const map = mapAt(token, 'sampling_algorithm');
  const name = (stringAt(token, 'sampling_algorithm') ?? stringAt(map, 'type'))?.toLowerCase();
  const rule = stringAt(map, 'rule')?.toLowerCase();
  return {
    algorithm: oneOf(['grid', 'bayesian'], name ?? null) ?? 'random',
    rule: rule === 'sobol' ? rule : 'random',
    seed: numberAt(map, 'seed'),
    logbase: numberAt(map, 'logbase'),
  };
}

/** A grid has an end only where each value is one of a few. */
function checkGrid(
  token: Token,
  space: ReadonlyMap<string, Distribution>,
  sink: DiagnosticSink,
): void {
  for (const { key, value } of entriesAt(token, 'search_space').values()) {
    const distribution = space.get(key);
    if (distribution === undefined || distribution.type === 'choice') continue;
    if (distribution.type === 'randint') continue;
    const message = `'${key}' is drawn from '${distribution.type}', and a grid needs 'choice' or 'randint'; change it, or use 'random' sampling`;
    sink.report('VALUE_NOT_ALLOWED', value.offset, message);
  }
}

function convertPolicy(map: MapToken | null, sink: DiagnosticSink): EarlyTermination | null {
  if (map === null) return null;
  const policy = {
    evaluationInterval: numberAt(map, 'evaluation_interval') ?? 1,
    delayEvaluation: numberAt(map, 'delay_evaluation') ?? 0,
  };
  const type = foldWord(stringAt(map, 'type') ?? '', ['median_stopping', 'truncation_selection']);
  if (type === 'median_stopping') return { type, ...policy };
  if (type === 'truncation_selection') {
    const truncationPercentage = numberAt(map, 'truncation_percentage') ?? 1;
    const excludeFinishedJobs = booleanAt(map, 'exclude_finished_jobs') ?? false;
    return { type, ...policy, truncationPercentage, excludeFinishedJobs };
  }
  if (type !== 'bandit') return null;
  const slackFactor = numberAt(map, 'slack_factor');
  const slackAmount = numberAt(map, 'slack_amount');
  if ((slackFactor === null) === (slackAmount === null)) {
    const code = slackFactor === null ? 'KEY_MISSING' : 'KEY_CONFLICT';
    const message = "a bandit policy needs one of 'slack_factor' and 'slack_amount'; give it one";
    sink.report(code, map.offset, message);
  }
  return { type, ...policy, slackFactor, slackAmount };
}
