// The pieces of MLflow's JSON that many of its routes share: their schemas, and the way between
// them and the workspace's own values.
import type { KeyValue, Metric, NewMetric, Page, Run } from '@ridgeline/workspace';
import Type, { type Static } from 'typebox';
import { ServerError } from '../errors/server-error.ts';

/** A 64-bit integer: protobuf's JSON has it as text, too, and a query has nothing else. */
export const WholeNumber = Type.Union([Type.Integer(), Type.String({ pattern: '^-?\\d{1,16}$' })]);

export function toNumber(value: Static<typeof WholeNumber> | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** A tag or a param. */
export const Pair = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) });
export const Pairs = Type.Optional(Type.Array(Pair));

/** A value that is left out is empty, as protobuf has it. */
export function toPairs(pairs: Static<typeof Pair>[] = []): readonly KeyValue[] {
  return pairs.map(({ key, value = '' }) => ({ key, value }));
}

/** Old clients say `run_uuid`. */
export const runRef = {
  run_id: Type.Optional(Type.String()),
  run_uuid: Type.Optional(Type.String()),
};
export const RunRef = Type.Object(runRef);

/** @throws ServerError INVALID_PARAMETER_VALUE where the request names no run */
export function runIdOf(request: Static<typeof RunRef>): string {
  const runId = request.run_id || request.run_uuid;
  if (runId) return runId;
  throw new ServerError('INVALID_PARAMETER_VALUE', "Missing value for required parameter 'run_id'");
}

export const metricFields = {
  key: Type.String(),
  value: Type.Union([Type.Number(), Type.String()]),
  timestamp: Type.Optional(WholeNumber),
  step: Type.Optional(WholeNumber),
  // Of the logged model and the data that it was measured on.
  model_id: Type.Optional(Type.String()),
  dataset_name: Type.Optional(Type.String()),
  dataset_digest: Type.Optional(Type.String()),
};
const MetricPoint = Type.Object(metricFields);

export function toNewMetric(point: Static<typeof MetricPoint>): NewMetric {
  const { key, value } = point;
  return {
    key,
    value: toMetricValue(key, value),
    timestamp: toNumber(point.timestamp),
    step: toNumber(point.step),
    ...(point.model_id && {
      modelId: point.model_id,
      datasetName: point.dataset_name,
      datasetDigest: point.dataset_digest,
    }),
  };
}

// JSON has no NaN and no infinities: protobuf writes these three as text, and numbers it may.
function toMetricValue(key: string, value: number | string): number {
  const isBlank = typeof value === 'string' && value.trim() === '';
  const number = isBlank ? Number.NaN : Number(value);
  if (!Number.isNaN(number) || value === 'NaN') return number;
  throw new ServerError(
    'INVALID_PARAMETER_VALUE',
    `the value of metric '${key}' is not a number; send one, or "NaN", "Infinity" or "-Infinity"`,
  );
}

export function toWireMetric<Point extends Metric>({ value, ...rest }: Point) {
  return { ...rest, value: Number.isFinite(value) ? value : String(value) };
}

export function toWireRun(run: Run) {
  return { ...run, data: { ...run.data, metrics: run.data.metrics.map(toWireMetric) } };
}

export const ViewType = Type.Enum(['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL']);

/** What every search takes. In a query, a list of one is a text. */
export const searchFields = {
  filter: Type.Optional(Type.String()),
  max_results: Type.Optional(WholeNumber),
  order_by: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
  page_token: Type.Optional(Type.String()),
};
export const Search = Type.Object(searchFields);

export function toSearch({
  filter,
  max_results,
  order_by = [],
  page_token,
}: Static<typeof Search>) {
  return {
    filter,
    maxResults: toNumber(max_results),
    orderBy: typeof order_by === 'string' ? [order_by] : order_by,
    pageToken: page_token,
  };
}

/** A page under the name that its route gives it; the last page has no token. */
export function toWirePage<Name extends string, T>(name: Name, page: Page<T>) {
  const token = page.nextPageToken;
  return { [name]: page.items, ...(token !== null && { next_page_token: token }) };
}
