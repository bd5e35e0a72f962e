// The pieces of MLflow's JSON that many of its routes share.
import type { Metric, Page, Run } from '@ridgeline/workspace';
import Type from 'typebox';

export const Tag = Type.Object({ key: Type.String(), value: Type.String() });
export const Tags = Type.Optional(Type.Array(Tag));
/** JSON has no NaN and no infinities: clients send them as text. */
export const WireNumber = Type.Union([Type.Number(), Type.String()]);
export const Milliseconds = Type.Integer();
export const MetricPoint = Type.Object({
  key: Type.String(),
  value: WireNumber,
  timestamp: Type.Optional(Milliseconds),
  step: Type.Optional(Type.Integer()),
});
export const ViewType = Type.Optional(
  Type.Union([Type.Literal('ACTIVE_ONLY'), Type.Literal('DELETED_ONLY'), Type.Literal('ALL')]),
);
/** A list that may come as one repeated query parameter. */
export const TextList = Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()]));

/** What every search takes, besides its order. */
export const searchFields = {
  filter: Type.Optional(Type.String()),
  max_results: Type.Optional(Type.Integer()),
  page_token: Type.Optional(Type.String()),
};

interface WireSearch {
  readonly filter?: string | undefined;
  readonly max_results?: number | undefined;
  readonly page_token?: string | undefined;
  readonly order_by?: string | readonly string[] | undefined;
}

export function toSearch({ filter, max_results, page_token, order_by }: WireSearch) {
  return {
    orderBy: toList(order_by),
    ...(filter !== undefined && { filter }),
    ...(max_results !== undefined && { maxResults: max_results }),
    ...(page_token !== undefined && { pageToken: page_token }),
  };
}

export function fromWireNumber(value: number | string): number {
  return Number(value);
}

export function toWireMetric({ value, ...rest }: Metric) {
  return { ...rest, value: Number.isFinite(value) ? value : String(value) };
}

export function toWireRun(run: Run) {
  return { ...run, data: { ...run.data, metrics: run.data.metrics.map(toWireMetric) } };
}

/** A page under the name that its route gives it; the last page has no token. */
export function toWirePage<Name extends string, T>(name: Name, page: Page<T>) {
  const token = page.nextPageToken;
  return { [name]: page.items, ...(token !== null && { next_page_token: token }) };
}

export function toList(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}
