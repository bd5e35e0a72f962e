// Finds logged models by what they are, what was logged to them, and the data of their metrics.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { checkName, checkText, invalid } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { experimentNumber } from '../experiments/experiment.ts';
import { compare, compareMetric } from '../search/comparison-sql.ts';
import { type Condition, isNullCheck } from '../search/condition.ts';
import { parseFilter } from '../search/filter-parser.ts';
import { findPage, type Page, type PageRequest, pageWindow } from '../search/page.ts';
import { loggedModelSpace } from './logged-model-space.ts';
import type { LoggedModelRow, LoggedModelTables } from './logged-model-tables.ts';
import { type LoggedModelOrder, loggedModelKeys } from './order-logged-models.ts';

/** Metrics count only where they were measured on this data. */
export interface DatasetFilter {
  readonly name: string;
  readonly digest?: string | undefined;
}

export interface LoggedModelSearch extends PageRequest {
  readonly experimentIds: readonly string[];
  /** Such as "metrics.rmse < 60 and name LIKE 'ridge%'". */
  readonly filter?: string | undefined;
  readonly datasets?: readonly DatasetFilter[];
  /** Ties, and by default all: the latest first. */
  readonly orderBy?: readonly LoggedModelOrder[];
}

const pageBounds = { defaultResults: 100, maxResults: 50_000 };
const maxIds = 10_000;
const maxDatasets = 100;

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function searchLoggedModels(
  reader: Transaction<LoggedModelTables>,
  search: LoggedModelSearch,
): Promise<Page<LoggedModelRow>> {
  const conditions = parseFilter(search.filter, loggedModelSpace);
  const { filter, orderBy = [], datasets = [] } = search;
  const measured = onDatasets(datasets);
  const ids = experimentNumbers(search.experimentIds).toSorted((a, b) => a - b);
  const asked = ['logged models', ids, filter, orderBy, datasets];
  const window = pageWindow(search, pageBounds, { keys: loggedModelKeys(orderBy), asked });
  if (ids.length === 0) return { items: [], nextPageToken: null };
  let query = reader
    .selectFrom('logged_models')
    .selectAll()
    .where('lifecycle_stage', '=', 'active')
    .where('experiment_id', 'in', ids);
  for (const condition of conditions) query = query.where(toSql(condition, measured));
  if (measured !== null && !conditions.some(({ field }) => field.entity === 'metric')) {
    query = query.where(sql<SqlBool>`exists (${points} and ${measured})`);
  }
  return findPage(query, window);
}

const points = sql`select 1 from logged_model_metrics as point
  where point.model_id = logged_models.model_id`;

function toSql(condition: Condition, measured: RawBuilder<SqlBool> | null): RawBuilder<SqlBool> {
  if (isNullCheck(condition)) throw new Error('this search space has no null checks');
  const { field } = condition;
  switch (field.entity) {
    case 'attribute':
      return compare(sql.ref(`logged_models.${field.key}`), condition);
    case 'metric': {
      const holds = compareMetric(sql.ref('point.value'), sql.ref('point.is_nan'), condition);
      const there = measured === null ? sql`` : sql`and ${measured}`;
      return sql`exists (${points} and point.key = ${field.key} and ${holds} ${there})`;
    }
    default: {
      const table = field.entity === 'tag' ? 'logged_model_tags' : 'logged_model_params';
      return sql`exists (select 1 from ${sql.table(table)} as logged
        where logged.model_id = logged_models.model_id and logged.key = ${field.key}
          and ${compare(sql.ref('logged.value'), condition)})`;
    }
  }
}

/** Whether a point was measured on one of these; null where it does not matter. */
function onDatasets(datasets: readonly DatasetFilter[]): RawBuilder<SqlBool> | null {
  if (datasets.length === 0) return null;
  if (datasets.length > maxDatasets) throw invalid(`at most ${maxDatasets} datasets are allowed`);
  const each = datasets.map(({ name, digest }) => {
    const isNamed = sql`point.dataset_name = ${checkName('dataset_name', name, limits.datasetNameLength)}`;
    if (!digest) return isNamed;
    const checked = checkText('dataset_digest', digest, limits.datasetDigestLength);
    return sql`(${isNamed} and point.dataset_digest = ${checked})`;
  });
  return sql`(${sql.join(each, sql` or `)})`;
}

function experimentNumbers(ids: readonly string[]): readonly number[] {
  const numbers = new Set(ids.map(experimentNumber));
  if (numbers.size <= maxIds) return [...numbers].filter((id) => id !== null);
  throw invalid(`experiment_ids has ${numbers.size} ids, at most ${maxIds} are allowed`);
}
