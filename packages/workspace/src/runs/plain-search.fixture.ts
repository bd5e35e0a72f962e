// For tests: a search of runs as a plain look at all of them, one by one, without any database.
import type { OrderTerm } from '../search/order-by.ts';
import type { Run } from './run.ts';

export interface PlainCondition {
  readonly field: string;
  readonly comparator: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly value: number | string;
}

export interface PlainOrder {
  readonly field: string;
  readonly direction: OrderTerm['direction'];
}

export function plainSearch(
  runs: readonly Run[],
  conditions: readonly PlainCondition[],
  order: readonly PlainOrder[],
): readonly string[] {
  const found = runs.filter((run) => conditions.every((condition) => meets(run, condition)));
  const ties: PlainOrder[] = [
    { field: 'attributes.start_time', direction: 'desc' },
    { field: 'attributes.run_id', direction: 'asc' },
  ];
  return found
    .toSorted((a, b) => firstDifference([...order, ...ties].map((term) => compareBy(term, a, b))))
    .map((run) => run.info.run_id);
}

function fieldOf(run: Run, field: string): number | string | undefined {
  const [entity = '', key = ''] = field.split('.');
  if (entity === 'metrics') return run.data.metrics.find((each) => each.key === key)?.value;
  if (entity === 'params') return run.data.params.find((each) => each.key === key)?.value;
  if (entity === 'tags') return run.data.tags.find((each) => each.key === key)?.value;
  const columns = { start_time: run.info.start_time, run_id: run.info.run_id };
  return { ...columns, end_time: run.info.end_time, run_name: run.info.run_name }[key];
}

function meets(run: Run, { field, comparator, value }: PlainCondition): boolean {
  const held = fieldOf(run, field);
  if (held === undefined) return false;
  if (Number.isNaN(held)) return comparator === '!=';
  const sign = compareValues(held, value);
  return {
    '=': sign === 0,
    '!=': sign !== 0,
    '<': sign < 0,
    '<=': sign <= 0,
    '>': sign > 0,
    '>=': sign >= 0,
  }[comparator];
}

function compareBy({ field, direction }: PlainOrder, a: Run, b: Run): number {
  const [left, right] = [fieldOf(a, field), fieldOf(b, field)];
  const place = rankOf(left) - rankOf(right);
  if (place !== 0 || left === undefined || right === undefined || Number.isNaN(left)) return place;
  return compareValues(left, right) * (direction === 'asc' ? 1 : -1);
}

/** Numbers and texts first, then NaN, then what is not there. */
function rankOf(value: number | string | undefined): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}

/** By code points, as the databases do. */
function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return a - Number(b);
}

function firstDifference(signs: readonly number[]): number {
  return signs.find((sign) => sign !== 0) ?? 0;
}
