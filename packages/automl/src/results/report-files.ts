// The report on a search, as files by their place.
import type { SearchInput, SearchResult } from '../search/search-types.ts';

export interface ReportOptions {
  /** Whether to work out what the model goes by, which takes its time. */
  readonly explain: boolean;
}

export async function reportFiles(
  _input: SearchInput,
  _result: SearchResult,
  _options: ReportOptions,
): Promise<ReadonlyMap<string, string>> {
  return new Map();
}
