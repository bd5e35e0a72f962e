// The order of found logged models: by an attribute, or by a metric, measured on some data or on any.
import { sql } from 'kysely';
import { checkText, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { columnKey, type SortKey } from '../search/sort-key.ts';
import { loggedModelSpace } from './logged-model-space.ts';

export interface LoggedModelOrder {
  /** An attribute such as creation_timestamp, or `metrics.NAME`. */
  readonly fieldName: string;
  /** Default true. */
  readonly ascending?: boolean | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

const { attributes } = loggedModelSpace;
const maxTerms = 20;

/** What lacks the field comes last, in either direction. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function loggedModelKeys(order: readonly LoggedModelOrder[]): readonly SortKey[] {
  if (order.length > maxTerms) throw invalid(`order_by has more than ${maxTerms} fields`);
  return [
    ...order.map(keyOf),
    columnKey('logged_models', 'creation_timestamp_ms', { direction: 'desc' }),
    columnKey('logged_models', 'model_id', { type: 'text' }),
  ];
}

function keyOf({ fieldName, ascending, datasetName, datasetDigest }: LoggedModelOrder): SortKey {
  const order = { direction: ascending === false ? 'desc' : 'asc', nulls: 'last' } as const;
  const field = checkText('order_by field_name', fieldName, limits.loggedModelNameLength);
  const [, entity, key] = /^(\w+)\.(.+)$/s.exec(field) ?? [];
  if (key === undefined || entity === 'attributes') {
    const attribute = attributes.get(key ?? field);
    if (attribute !== undefined) {
      const type = attribute.type === 'text' ? 'text' : 'number';
      return columnKey('logged_models', attribute.column, { ...order, type });
    }
    const known = [...attributes.keys()].join(', ');
    throw invalid(
      `order_by field_name ${quote(field)} is not known; expected metrics.NAME, ${known}`,
    );
  }
  if (entity !== 'metrics') {
    throw invalid(
      `order_by field_name ${quote(field)}: of what was logged, only metrics can order`,
    );
  }
  const ofData = [
    ...(datasetName ? [sql`and point.dataset_name = ${datasetName}`] : []),
    ...(datasetDigest ? [sql`and point.dataset_digest = ${datasetDigest}`] : []),
  ];
  const value = sql`(select case when point.is_nan then null else point.value end
    from logged_model_metrics as point
    where point.model_id = logged_models.model_id and point.key = ${key.replace(/^`(.*)`$/s, '$1')}
      ${sql.join(ofData, sql` `)}
    order by point.timestamp desc, point.step desc, point.run_id asc limit 1)`;
  return { ...order, value, type: 'number' };
}
