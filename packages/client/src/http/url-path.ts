// Turns names that people chose into URL paths. A segment that a URL would resolve away
// (`.` and `..`) is refused: it would send the call to another route.

import { clientError } from '../errors.ts';

/** `/api/v1/jobs/<id>`: every part becomes exactly one segment. */
export function pathOf(...segments: readonly string[]): string {
  return segments.map((segment) => `/${encodeSegment(segment)}`).join('');
}

/**
 * A path of several segments divided by `/`, without a slash at its start.
 * @throws ApiError PATH_NOT_ALLOWED for an empty path and for empty, `.` and `..` segments.
 */
export function encodeFilePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw clientError(
      'PATH_NOT_ALLOWED',
      `'${segment}' cannot be a name or part of a path; give a path without empty, '.' or '..' parts`,
    );
  }
  return encodeURIComponent(segment);
}

/** `?a=1&b=2`, leaving out what is undefined; empty where nothing is left. */
type QueryValue = string | number | boolean | readonly string[] | undefined;

export function queryOf(values: Readonly<Record<string, QueryValue>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    for (const each of [value ?? []].flat()) query.append(key, String(each));
  }
  return query.size === 0 ? '' : `?${query}`;
}
