// Whether a branch or tag passes the patterns of a trigger.
import { isTagRef, shortName } from './source-branch.ts';
import type { Filters } from './trigger.ts';
import { matchesWildcard } from './wildcard.ts';

/** Included, or nothing is; and not excluded. The order of the patterns means nothing. */
export function passesNames(filters: Filters, name: string): boolean {
  const isMatch = (pattern: string) => matchesWildcard(shortName(pattern), name);
  const isIncluded = filters.include.length === 0 || filters.include.some(isMatch);
  return isIncluded && !filters.exclude.some(isMatch);
}

/** `branch`: with or without `refs/heads/`, as the patterns. */
export function passesBranches(filters: Filters, branch: string): boolean {
  return passesNames(withoutTags(filters), shortName(branch));
}

/**
 * Tags start runs only where patterns ask for them: under `tags`, or as `refs/tags/…` under
 * `branches`.
 */
export function passesTags(branches: Filters, tags: Filters, ref: string): boolean {
  const tagFilters = [tags, onlyTags(branches)];
  return tagFilters.some((filters) => !isEmpty(filters) && passesNames(filters, shortName(ref)));
}

export function isEmpty(filters: Filters): boolean {
  return filters.include.length === 0 && filters.exclude.length === 0;
}

function withoutTags(filters: Filters): Filters {
  const isBranch = (pattern: string) => !isTagRef(pattern);
  const include = filters.include.filter(isBranch);
  // A list of tags only includes no branch at all, which an empty list would not say.
  const isTagsOnly = include.length === 0 && filters.include.length > 0;
  return {
    include,
    exclude: isTagsOnly ? ['*'] : filters.exclude.filter(isBranch),
  };
}

function onlyTags(filters: Filters): Filters {
  const include = filters.include.filter(isTagRef);
  return { include, exclude: include.length === 0 ? [] : filters.exclude.filter(isTagRef) };
}
