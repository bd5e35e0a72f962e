// Settings of other searches that a forecast has no use for: those that would change what is judged are
// refused, the others told by name.
import { AutoMLError } from '../errors.ts';
import type { SearchInput, SearchNote } from '../search/search-types.ts';
import type { GivenSettings } from '../settings/resolve-settings.ts';

/** @throws AutoMLError SPLIT_INVALID, SETTING_INVALID. */
export function refuseSettings(input: SearchInput, given: GivenSettings): void {
  const { cvSplitColumns = [], validationSize = null, weightColumn = null } = given;
  if (input.validation !== undefined || cvSplitColumns.length > 0 || validationSize !== null) {
    throw new AutoMLError(
      'SPLIT_INVALID',
      'a forecast is validated at rolling origins of its own past; leave validation data, its size and ' +
        'split columns out, and say the number of origins by the number of cross-validations',
    );
  }
  if (weightColumn === null) return;
  throw new AutoMLError('SETTING_INVALID', 'a forecast has no weights of rows; leave them out');
}

const unused = [
  ['positiveLabel', 'the positive label'],
  ['classWeight', 'class weights'],
  ['maxConcurrentTrials', 'the number of trials at once, which is 1'],
  ['maxLatencyMicroseconds', 'the limit of latency'],
  ['maxModelBytes', 'the limit of the size of the model'],
] as const;

export function notesOnSettings(given: GivenSettings): readonly SearchNote[] {
  const names = unused.flatMap(([key, name]) => ((given[key] ?? null) === null ? [] : [name]));
  const { mode = 'auto' } = given.featurization ?? {};
  const { voteEnsemble = false, stackEnsemble = false } = given;
  const told = [
    ...names,
    ...(mode === 'auto' ? [] : ['featurization']),
    ...(voteEnsemble || stackEnsemble ? ['ensembles'] : []),
  ];
  if (told.length === 0) return [];
  const message = `no effect on a forecast: ${told.join(', ')}`;
  return [{ code: 'settings_not_used', column: null, message }];
}
