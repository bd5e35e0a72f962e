// Finds registered models and model versions by their attributes and tags.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { isShownModel } from '../permissions/hidden.ts';
import { compare } from '../search/comparison-sql.ts';
import { type Condition, isNullCheck } from '../search/condition.ts';
import { parseFilter } from '../search/filter-parser.ts';
import { parseOrderBy } from '../search/order-by.ts';
import { findPage, type Page, type PageRequest, pageWindow } from '../search/page.ts';
import type { SearchAttribute, SearchSpace } from '../search/search-space.ts';
import { attributeKey, columnKey, type SortKey } from '../search/sort-key.ts';
import { promptTag } from '../webhooks/webhook-outbox.ts';
import type { ModelTables, ModelVersionRow, RegisteredModelRow } from './model-tables.ts';
import { deletedStage } from './model-version.ts';

export interface ModelSearch extends PageRequest {
  /** Such as "name LIKE 'diabetes%' and tags.area = 'health'". */
  readonly filter?: string;
  /** Default: by name; of versions, the latest update first. */
  readonly orderBy?: readonly string[];
  /** The id of a user: what they may not read is not found. */
  readonly shownTo?: string | undefined;
}

const times: readonly (readonly [string, SearchAttribute])[] = [
  ['creation_timestamp', { column: 'creation_time', type: 'number' }],
  ['last_updated_timestamp', { column: 'last_updated_time', type: 'number' }],
];

const modelSpace: SearchSpace = {
  noun: 'registered models',
  entities: ['tag'],
  attributes: new Map([
    ['name', { column: 'name', type: 'text', lists: true }],
    ...times,
    ['timestamp', { column: 'last_updated_time', type: 'number' }],
  ]),
};

const versionSpace: SearchSpace = {
  noun: 'model versions',
  entities: ['tag'],
  attributes: new Map([
    ['name', { column: 'name', type: 'text', lists: true }],
    ['version_number', { column: 'version', type: 'number' }],
    ['run_id', { column: 'run_id', type: 'text', lists: true }],
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
  let query = reader.selectFrom('registered_models').selectAll();
  if (search.shownTo !== undefined) {
    query = query.where(isShownModel(sql.ref('registered_models.name'), search.shownTo));
  }
  const conditions = parseFilter(search.filter, modelSpace);
  for (const condition of conditions) {
    query = query.where(toSql(condition, 'registered_models', modelTagOf));
  }
  if (!conditions.some(isOfPrompts)) query = query.where(noPrompt(modelTagOf));
  const terms = parseOrderBy(search.orderBy, { ...modelSpace, entities: [] });
  const keys = [...terms.map((term) => attributeKey('registered_models', term)), byModelName];
  const asked = ['registered models', search.filter, search.orderBy];
  return findPage(query, pageWindow(search, modelBounds, { keys, asked }));
}

const byModelName = columnKey('registered_models', 'name', { type: 'text' });

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function searchVersions(
  reader: Transaction<ModelTables>,
  search: ModelSearch,
): Promise<Page<ModelVersionRow>> {
  let query = reader
    .selectFrom('model_versions')
    .selectAll()
    .where('current_stage', '!=', deletedStage);
  if (search.shownTo !== undefined) {
    query = query.where(isShownModel(sql.ref('model_versions.name'), search.shownTo));
  }
  const conditions = parseFilter(search.filter, versionSpace);
  for (const condition of conditions) {
    query = query.where(toSql(condition, 'model_versions', versionTagOf));
  }
  if (!conditions.some(isOfPrompts)) query = query.where(noPrompt(versionTagOf));
  const asked = ['model versions', search.filter, search.orderBy];
  return findPage(query, pageWindow(search, versionBounds, { keys: versionKeys(search), asked }));
}

function versionKeys(search: ModelSearch): readonly SortKey[] {
  const byUpdate = ['last_updated_timestamp DESC'];
  const terms = parseOrderBy(search.orderBy?.length ? search.orderBy : byUpdate, {
    ...versionSpace,
    entities: [],
  });
  return [
    ...terms.map((term) =>
      attributeKey('model_versions', term, term.direction === 'asc' ? 'first' : 'last'),
    ),
    columnKey('model_versions', 'name', { type: 'text' }),
    columnKey('model_versions', 'version', { direction: 'desc' }),
  ];
}

const modelTagOf = sql`registered_model_tags as tag where tag.name = registered_models.name`;
const versionTagOf = sql`model_version_tags as tag
  where tag.name = model_versions.name and tag.version = model_versions.version`;

function toSql(
  condition: Condition,
  table: 'registered_models' | 'model_versions',
  tagOfRow: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  if (isNullCheck(condition)) throw new Error('the search spaces of models have no null checks');
  const { field } = condition;
  if (field.entity === 'attribute') return compare(sql.ref(`${table}.${field.key}`), condition);
  const tag = sql`select 1 from ${tagOfRow} and tag.key = ${field.key}`;
  const holds = sql<SqlBool>`exists (${tag} and ${compare(sql.ref('tag.value'), condition)})`;
  // MLflow's clients ask by this tag for what is no prompt, and mean those without it as well.
  return isNoPrompt(condition) ? sql`(${holds} or not exists (${tag}))` : holds;
}

/** Prompts are found only by who asks for them. */
function noPrompt(tagOfRow: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`not exists (select 1 from ${tagOfRow}
    and tag.key = ${promptTag} and lower(tag.value) = 'true')`;
}

function isOfPrompts({ field }: Condition): boolean {
  return field.entity === 'tag' && field.key === promptTag;
}

function isNoPrompt({ field, comparator, ...rest }: Condition): boolean {
  if (field.key !== promptTag || !('value' in rest)) return false;
  return (
    (comparator === '!=' && rest.value === 'true') || (comparator === '=' && rest.value === 'false')
  );
}
