// Finds runs by what they are and what was logged to them.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { invalid } from '../checks/check-text.ts';
import { experimentNumber } from '../experiments/experiment.ts';
import { compare, compareMetric } from '../search/comparison-sql.ts';
import { type Condition, isNullCheck, type ValueCondition } from '../search/condition.ts';
import { parseFilter } from '../search/filter-parser.ts';
import { type OrderTerm, parseOrderBy } from '../search/order-by.ts';
import { type Page, type PageRequest, pageWindow, toPage } from '../search/page.ts';
import type { SearchField, SearchSpace } from '../search/search-space.ts';
import { stagesOf, type ViewType } from '../search/view-type.ts';
import type { RunRow, RunTables } from './run-tables.ts';

export interface RunSearch extends PageRequest {
  /** Runs of these experiments only; an id of no experiment finds nothing. */
  readonly experimentIds: readonly string[];
  /** Such as "metrics.rmse < 60 and params.alpha = '0.5' and attributes.status = 'FINISHED'". */
  readonly filter?: string;
  /** Such as ['metrics.rmse ASC']; ties, and by default all: the latest start first. */
  readonly orderBy?: readonly string[];
  /** Default ACTIVE_ONLY. */
  readonly viewType?: ViewType;
}

const space: SearchSpace = {
  noun: 'runs',
  entities: ['metric', 'param', 'tag', 'dataset'],
  lists: ['dataset'],
  nulls: ['param', 'tag'],
  attributes: new Map([
    ['run_id', { column: 'run_uuid', type: 'text', lists: true }],
    ['run_name', { column: 'name', type: 'text' }],
    ['status', { column: 'status', type: 'text' }],
    ['user_id', { column: 'user_id', type: 'text' }],
    ['artifact_uri', { column: 'artifact_uri', type: 'text' }],
    ['start_time', { column: 'start_time', type: 'number' }],
    ['end_time', { column: 'end_time', type: 'number' }],
    // The words of the column heads in MLflow's pages.
    ['created', { column: 'start_time', type: 'number' }],
    ['Created', { column: 'start_time', type: 'number' }],
    ['run name', { column: 'name', type: 'text' }],
    ['Run name', { column: 'name', type: 'text' }],
    ['Run Name', { column: 'name', type: 'text' }],
  ]),
};

const orderSpace: SearchSpace = { ...space, entities: ['metric', 'param', 'tag'] };

const maxExperiments = 10_000;
const pageBounds = { defaultResults: 1_000, maxResults: 50_000 };

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function searchRuns(
  reader: Transaction<RunTables>,
  search: RunSearch,
): Promise<Page<RunRow>> {
  const window = pageWindow(search, pageBounds);
  const ids = experimentNumbers(search.experimentIds);
  let query = reader
    .selectFrom('runs')
    .selectAll()
    .where('lifecycle_stage', 'in', stagesOf(search.viewType))
    .where(isOneOf(ids));
  for (const condition of parseFilter(search.filter, space)) query = query.where(toSql(condition));
  const terms = parseOrderBy(search.orderBy, orderSpace);
  for (const expression of terms.flatMap(orderExpressions)) query = query.orderBy(expression);
  query = query.orderBy('start_time', 'desc').orderBy('run_uuid');
  const rows = await query
    .limit(window.limit + 1)
    .offset(window.offset)
    .execute();
  return toPage(rows, window);
}

function experimentNumbers(ids: readonly string[]): readonly number[] {
  const numbers = new Set(ids.map(experimentNumber));
  if (numbers.size > maxExperiments) {
    throw invalid(`experiment_ids has ${numbers.size} ids, at most ${maxExperiments} are allowed`);
  }
  return [...numbers].filter((id) => id !== null);
}

function isOneOf(experimentIds: readonly number[]): RawBuilder<SqlBool> {
  if (experimentIds.length === 0) return sql`false`;
  return sql`runs.experiment_id in (${sql.join(experimentIds)})`;
}

function toSql(condition: Condition): RawBuilder<SqlBool> {
  const { field } = condition;
  if (isNullCheck(condition)) {
    const logged = sql<SqlBool>`exists (select 1 from ${loggedAs(field)})`;
    return condition.comparator === 'IS NULL' ? sql`not ${logged}` : logged;
  }
  if (field.entity === 'attribute') return compare(sql.ref(`runs.${field.key}`), condition);
  if (field.entity === 'dataset') return usesDataset(condition);
  const value = sql.ref('logged.value');
  const holds =
    field.entity === 'metric'
      ? compareMetric(value, sql.ref('logged.is_nan'), condition)
      : compare(value, condition);
  return sql`exists (select 1 from ${loggedAs(field)} and ${holds})`;
}

const contextTag = 'mlflow.data.context';

/** Whether the run took in a dataset of that name or digest, or one in that context. */
function usesDataset(condition: ValueCondition): RawBuilder<SqlBool> {
  const input = sql`from inputs as input
    join datasets as dataset on dataset.dataset_uuid = input.source_id`;
  const ofRun = sql`input.destination_type = 'RUN' and input.destination_id = runs.run_uuid
    and input.source_type = 'DATASET'`;
  const { key } = condition.field;
  if (key === 'context') {
    return sql`exists (select 1 ${input}
      join input_tags as tag on tag.input_uuid = input.input_uuid and tag.name = ${contextTag}
      where ${ofRun} and ${compare(sql.ref('tag.value'), condition)})`;
  }
  return sql`exists (select 1 ${input}
    where ${ofRun} and ${compare(sql.ref(`dataset.${key}`), condition)})`;
}

/** Numbers first, then NaN, then runs that lack the field, in either direction. */
function orderExpressions({ field, direction }: OrderTerm): readonly RawBuilder<unknown>[] {
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  if (field.entity === 'attribute') {
    return [sql`${sql.ref(`runs.${field.key}`)} ${way} nulls last`];
  }
  const value = sql`(select logged.value from ${loggedAs(field)}) ${way} nulls last`;
  if (field.entity !== 'metric') return [value];
  const isNan = sql`(select logged.is_nan from ${loggedAs(field)}) asc nulls last`;
  return [isNan, value];
}

const loggedTables = new Map([
  ['metric', 'latest_metrics'],
  ['param', 'params'],
  ['tag', 'tags'],
]);

function loggedAs(field: SearchField): RawBuilder<unknown> {
  return sql`${sql.table(loggedTables.get(field.entity) ?? '')} as logged
    where logged.run_uuid = runs.run_uuid and logged.key = ${field.key}`;
}
