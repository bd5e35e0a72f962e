// Whether a run is one of those that a filter asks for. Pure.
import type { RunRecord } from '../run-record.ts';
import type { Comparison, RunFilter, TextFunction } from './run-filter.ts';
import { filterError } from './run-filter-error.ts';
import type { FilterValue } from './run-filter-token.ts';

type Property = (run: RunRecord) => FilterValue;

const times = new Set(['starttimeutc', 'endtimeutc', 'createdutc', 'createdtimeutc']);

const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  ['runid', (run) => run.runId],
  ['id', (run) => run.runId],
  ['name', (run) => run.displayName],
  ['displayname', (run) => run.displayName],
  ['status', (run) => run.status],
  ['parentrunid', (run) => run.parentRunId],
  ['rootrunid', (run) => run.rootRunId],
  ['experimentid', (run) => run.experimentId],
  ['starttimeutc', (run) => run.startTimeUtc],
  ['endtimeutc', (run) => run.endTimeUtc],
  ['createdutc', (run) => run.createdUtc],
  ['createdtimeutc', (run) => run.createdUtc],
]);

/**
 * Checks what a filter asks for before any run is looked at.
 * @throws ServerError INVALID_PARAMETER_VALUE for a property that runs do not have
 */
export function checkRunFilter(filter: RunFilter, text: string): void {
  if (filter.kind === 'all') return;
  if (filter.kind === 'not') checkRunFilter(filter.term, text);
  else if (filter.kind === 'and' || filter.kind === 'or') {
    for (const term of filter.terms) checkRunFilter(term, text);
  } else checkProperty(filter, text);
}

function checkProperty(
  { path, offset }: { readonly path: string; readonly offset: number },
  text: string,
): void {
  if (propertyOf(path) !== null) return;
  const known = 'runId, displayName, status, parentRunId, startTimeUtc, endTimeUtc, createdUtc';
  const shown = path.slice(0, 60);
  const message = `runs have no property '${shown}'; there are ${known}, Tags/NAME and Properties/NAME`;
  throw filterError(text, offset, message);
}

/** Whether a filter says itself which runs below others it means. */
export function namesParents(filter: RunFilter): boolean {
  if (filter.kind === 'all') return false;
  if (filter.kind === 'not') return namesParents(filter.term);
  if (filter.kind === 'and' || filter.kind === 'or') return filter.terms.some(namesParents);
  return ['parentrunid', 'rootrunid', 'runid', 'id'].includes(filter.path.toLowerCase());
}

export function matchesRun(run: RunRecord, filter: RunFilter): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'and':
      return filter.terms.every((term) => matchesRun(run, term));
    case 'or':
      return filter.terms.some((term) => matchesRun(run, term));
    case 'not':
      return !matchesRun(run, filter.term);
    default: {
      const value = propertyOf(filter.path)?.(run) ?? null;
      const toComparable = times.has(filter.path.toLowerCase()) ? toTime : same;
      if (filter.kind === 'text') return holds(filter.call, value, filter.value);
      if (filter.kind === 'in') {
        return filter.values.some((each) => compares('eq', value, each, toComparable));
      }
      return compares(filter.operator, value, filter.value, toComparable);
    }
  }
}

function propertyOf(path: string): Property | null {
  const [start = '', ...rest] = path.split('/');
  const name = rest.join('/');
  if (name === '') return properties.get(path.toLowerCase()) ?? null;
  switch (start.toLowerCase()) {
    case 'tags':
      return (run) => ownText(run.tags, name);
    case 'properties':
      return (run) => ownText(run.properties, name);
    default:
      return null;
  }
}

function ownText(values: Readonly<Record<string, string>>, name: string): string | null {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

function same(value: FilterValue): FilterValue {
  return value;
}

function toTime(value: FilterValue): FilterValue {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Tags are text: next to a number or a truth they are taken for one. */
function compares(
  operator: Comparison,
  left: FilterValue,
  right: FilterValue,
  toComparable: (value: FilterValue) => FilterValue,
): boolean {
  const a = alike(toComparable(left), right);
  const b = toComparable(right);
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  // Nothing is before or after what is not there.
  if (a === null || b === null || typeof a !== typeof b) return false;
  if (operator === 'gt') return a > b;
  if (operator === 'ge') return a >= b;
  return operator === 'lt' ? a < b : a <= b;
}

function alike(value: FilterValue, other: FilterValue): FilterValue {
  if (typeof value !== 'string') return value;
  if (typeof other === 'number') return value.trim() === '' ? null : Number(value);
  if (typeof other === 'boolean') return value === String(other) ? other : !other;
  return value;
}

function holds(call: TextFunction, value: FilterValue, part: string): boolean {
  if (typeof value !== 'string') return false;
  if (call === 'contains') return value.includes(part);
  return call === 'startswith' ? value.startsWith(part) : value.endsWith(part);
}
