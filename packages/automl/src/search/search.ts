// The search: stages in order. (Skeleton.)
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import type { SearchHooks, SearchInput, SearchResult } from './search-types.ts';

export async function search(
  _input: SearchInput,
  _settings: Partial<AutoMLSettings> & Pick<AutoMLSettings, 'targetColumn'>,
  _hooks: SearchHooks = {},
): Promise<SearchResult> {
  throw new Error('not yet');
}
