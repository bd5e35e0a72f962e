// Finds experiments by name, times and tags.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { isShownExperiment } from '../permissions/hidden.ts';
import { compare } from '../search/comparison-sql.ts';
import { type Condition, isNullCheck } from '../search/condition.ts';
import { parseFilter } from '../search/filter-parser.ts';
import { parseOrderBy } from '../search/order-by.ts';
import { findPage, type Page, type PageRequest, pageWindow } from '../search/page.ts';
import type { SearchSpace } from '../search/search-space.ts';
import { attributeKey, columnKey, type SortKey } from '../search/sort-key.ts';
import { stagesOf, type ViewType } from '../search/view-type.ts';
import type { ExperimentRow } from './experiment.ts';
import type { ExperimentTables } from './experiment-tables.ts';

export interface ExperimentSearch extends PageRequest {
  /** Such as "name LIKE 'diabetes%' and tags.team = 'a'". */
  readonly filter?: string;
  /** Default: the newest first. */
  readonly orderBy?: readonly string[];
  /** Default ACTIVE_ONLY. */
  readonly viewType?: ViewType;
  /** The id of a user: what they may not read is not found. */
  readonly shownTo?: string | undefined;
}

const space: SearchSpace = {
  noun: 'experiments',
  entities: ['tag'],
  nulls: ['tag'],
  attributes: new Map([
    ['name', { column: 'name', type: 'text' }],
    ['experiment_id', { column: 'experiment_id', type: 'id' }],
    ['creation_time', { column: 'creation_time', type: 'number' }],
    ['last_update_time', { column: 'last_update_time', type: 'number' }],
  ]),
};

const orderSpace: SearchSpace = { ...space, entities: [] };

const pageBounds = { defaultResults: 1_000, maxResults: 50_000 };

export async function searchExperiments(
  reader: Transaction<ExperimentTables>,
  search: ExperimentSearch,
): Promise<Page<ExperimentRow>> {
  const { filter, orderBy } = search;
  const stages = stagesOf(search.viewType);
  let query = reader.selectFrom('experiments').selectAll().where('lifecycle_stage', 'in', stages);
  if (search.shownTo !== undefined) {
    query = query.where(isShownExperiment(sql.ref('experiments.experiment_id'), search.shownTo));
  }
  for (const condition of parseFilter(filter, space)) query = query.where(toSql(condition));
  const asked = ['experiments', filter, orderBy];
  return findPage(query, pageWindow(search, pageBounds, { keys: keysOf(orderBy), asked }));
}

function keysOf(orderBy: readonly string[] | undefined): readonly SortKey[] {
  const terms = parseOrderBy(orderBy, orderSpace).map((term) => attributeKey('experiments', term));
  const newest = columnKey('experiments', 'creation_time', { direction: 'desc' });
  const last = columnKey('experiments', 'experiment_id', { direction: 'desc' });
  return [...(terms.length === 0 ? [newest] : terms), last];
}

function toSql(condition: Condition): RawBuilder<SqlBool> {
  const { field, comparator } = condition;
  const tag = sql`select 1 from experiment_tags as tag
    where tag.experiment_id = experiments.experiment_id and tag.key = ${field.key}`;
  if (isNullCheck(condition)) {
    return comparator === 'IS NULL' ? sql`not exists (${tag})` : sql`exists (${tag})`;
  }
  if (field.entity === 'attribute') return compare(sql.ref(`experiments.${field.key}`), condition);
  return sql`exists (${tag} and ${compare(sql.ref('tag.value'), condition)})`;
}
