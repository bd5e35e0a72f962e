// Finds registered models and model versions by their attributes and tags.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { compare } from '../search/comparison-sql.ts';
import { type Condition, parseFilter } from '../search/filter-parser.ts';
import { type OrderTerm, parseOrderBy } from '../search/order-by.ts';
import { type Page, type PageRequest, pageWindow, toPage } from '../search/page.ts';
import type { SearchAttribute, SearchSpace } from '../search/search-space.ts';
import type { ModelTables, ModelVersionRow, RegisteredModelRow } from './model-tables.ts';
import { deletedStage } from './model-version.ts';

export interface ModelSearch extends PageRequest {
  /** Such as "name LIKE 'diabetes%' and tags.area = 'health'". */
  readonly filter?: string;
  /** Default: by name; of versions, the latest update first. */
  readonly orderBy?: readonly string[];
}

const times: readonly (readonly [string, SearchAttribute])[] = [
  ['creation_timestamp', { column: 'creation_time', type: 'number' }],
  ['last_updated_timestamp', { column: 'last_updated_time', type: 'number' }],
];

const modelSpace: SearchSpace = {
  noun: 'registered models',
  entities: ['tag'],
  attributes: new Map([
    ['name', { column: 'name', type: 'text' }],
    ...times,
    ['timestamp', { column: 'last_updated_time', type: 'number' }],
  ]),
};

const versionSpace: SearchSpace = {
  noun: 'model versions',
  entities: ['tag'],
  attributes: new Map([
    ['name', { column: 'name', type: 'text' }],
    ['version_number', { column: 'version', type: 'number' }],
    ['run_id', { column: 'run_id', type: 'text' }],
    ['source_path', { column: 'source', type: 'text' }],
    ...times,
  ]),
};

const modelBounds = { defaultResults: 100, maxResults: 1_000 };
const versionBounds = { defaultResults: 10_000, maxResults: 200_000 };

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function searchModels(
  reader: Transaction<ModelTables>,
  search: ModelSearch,
): Promise<Page<RegisteredModelRow>> {
  const window = pageWindow(search, modelBounds);
  let query = reader.selectFrom('registered_models').selectAll();
  for (const condition of parseFilter(search.filter, modelSpace)) {
    query = query.where(toSql(condition, 'registered_models', modelTagOf));
  }
  const terms = parseOrderBy(search.orderBy, modelSpace);
  for (const { field, direction } of terms) query = query.orderBy(sql.ref(field.key), direction);
  query = query
    .orderBy('name')
    .limit(window.limit + 1)
    .offset(window.offset);
  return toPage(await query.execute(), window);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function searchVersions(
  reader: Transaction<ModelTables>,
  search: ModelSearch,
): Promise<Page<ModelVersionRow>> {
  const window = pageWindow(search, versionBounds);
  let query = reader
    .selectFrom('model_versions')
    .selectAll()
    .where('current_stage', '!=', deletedStage);
  for (const condition of parseFilter(search.filter, versionSpace)) {
    query = query.where(toSql(condition, 'model_versions', versionTagOf));
  }
  for (const { field, direction } of versionOrder(search)) {
    query = query.orderBy(sql.ref(field.key), direction);
  }
  query = query.orderBy('name').orderBy('version', 'desc');
  query = query.limit(window.limit + 1).offset(window.offset);
  return toPage(await query.execute(), window);
}

function versionOrder(search: ModelSearch): readonly OrderTerm[] {
  const byUpdate = ['last_updated_timestamp DESC'];
  return parseOrderBy(search.orderBy?.length ? search.orderBy : byUpdate, versionSpace);
}

const promptTag = 'mlflow.prompt.is_prompt';
const modelTagOf = sql`registered_model_tags as tag where tag.name = registered_models.name`;
const versionTagOf = sql`model_version_tags as tag
  where tag.name = model_versions.name and tag.version = model_versions.version`;

function toSql(
  { field, comparator, value }: Condition,
  table: 'registered_models' | 'model_versions',
  tagOfRow: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  if (field.entity === 'attribute') {
    return compare(sql.ref(`${table}.${field.key}`), comparator, value);
  }
  // MLflow's clients ask for models that are no prompts by this very comparison, and mean those
  // without the tag as well.
  if (field.key === promptTag && comparator === '!=') {
    const isPrompt = compare(sql.ref('tag.value'), '=', value);
    return sql`not exists (select 1 from ${tagOfRow} and tag.key = ${field.key} and ${isPrompt})`;
  }
  const holds = compare(sql.ref('tag.value'), comparator, value);
  return sql`exists (select 1 from ${tagOfRow} and tag.key = ${field.key} and ${holds})`;
}
