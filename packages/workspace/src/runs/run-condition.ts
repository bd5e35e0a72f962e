// A condition of a search as SQL about one row of `runs`.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { compare, compareMetric } from '../search/comparison-sql.ts';
import { type Condition, isNullCheck, type ValueCondition } from '../search/condition.ts';
import type { SearchField } from '../search/search-space.ts';

export function runCondition(condition: Condition): RawBuilder<SqlBool> {
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

/** What of a run has been logged under that key: one row, or none. */
export function loggedAs(field: SearchField): RawBuilder<unknown> {
  return sql`${sql.table(loggedTable(field))} as logged
    where logged.run_uuid = runs.run_uuid and logged.key = ${field.key}`;
}

export type LoggedTable = 'latest_metrics' | 'params' | 'tags';

export function loggedTable({ entity }: SearchField): LoggedTable {
  if (entity === 'metric') return 'latest_metrics';
  return entity === 'param' ? 'params' : 'tags';
}
