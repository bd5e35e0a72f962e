// The names of forecasters: ours, and Azure's in its two spellings. What Azure has and we have not is
// refused where it is allowed, and passed over where it is blocked.
import { didYouMean } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

const forecasterNames = [
  'seasonal_naive',
  'naive',
  'exponential_smoothing',
  'ridge',
  'gradient_boosting',
] as const;
export type ForecasterName = (typeof forecasterNames)[number];

const azureNames: ReadonlyMap<string, ForecasterName> = new Map([
  ['lightgbm', 'gradient_boosting'],
  ['xgboostregressor', 'gradient_boosting'],
]);

const notHad: ReadonlySet<string> = new Set([
  ...['autoarima', 'arimax', 'prophet', 'tcnforecaster', 'average', 'seasonalaverage'],
  ...['elasticnet', 'lassolars', 'lasso', 'decisiontree', 'knn', 'kneighbors', 'mlp', 'sgd'],
  ...['randomforest', 'extremerandomtrees', 'extratrees'],
]);

/** @throws AutoMLError LEARNER_UNKNOWN, LEARNER_NONE_LEFT. */
export function forecastersLeft(
  allowed: readonly string[] | null,
  blocked: readonly string[],
): ReadonlySet<ForecasterName> {
  const left = new Set(allowed === null ? forecasterNames : allowed.map((name) => found(name)));
  for (const name of blocked) if (!notHad.has(bare(name))) left.delete(found(name));
  if (left.size > 0) return left;
  throw new AutoMLError(
    'LEARNER_NONE_LEFT',
    `no forecaster is left to try; there are ${forecasterNames.join(', ')}`,
  );
}

function found(name: string): ForecasterName {
  const asked = bare(name);
  const known = forecasterNames.find((own) => bare(own) === asked) ?? azureNames.get(asked);
  if (known !== undefined) return known;
  const why = notHad.has(asked) ? 'is not among the forecasters here' : 'is no forecaster';
  throw new AutoMLError(
    'LEARNER_UNKNOWN',
    `'${name.slice(0, 100)}' ${why}${didYouMean(name, forecasterNames) || `; there are ${forecasterNames.join(', ')}`}`,
  );
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
