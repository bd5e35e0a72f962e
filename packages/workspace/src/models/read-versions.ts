// Reads model versions with their tags and aliases, within a transaction of the caller.
import { sql, type Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import type { ModelTables, ModelVersionRow } from './model-tables.ts';
import { deletedStage, type ModelVersion, toModelVersion } from './model-version.ts';

type Reader = Transaction<ModelTables>;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function versionRow(
  reader: Reader,
  name: string,
  version: number,
): Promise<ModelVersionRow> {
  const row = await reader
    .selectFrom('model_versions')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', version)
    .where('current_stage', '!=', deletedStage)
    .executeTakeFirst();
  if (row !== undefined) return row;
  const message = `Model Version (name=${name}, version=${version}) not found`;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}

/** The greatest version that has all of `tags`, if there is one. */
export async function latestVersionRow(
  reader: Reader,
  name: string,
  tags: readonly KeyValue[],
): Promise<ModelVersionRow | undefined> {
  let query = reader
    .selectFrom('model_versions')
    .selectAll()
    .where('name', '=', name)
    .where('current_stage', '!=', deletedStage);
  for (const { key, value } of tags) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('model_version_tags as tag')
          .select('tag.key')
          .whereRef('tag.name', '=', 'model_versions.name')
          .whereRef('tag.version', '=', 'model_versions.version')
          .where('tag.key', '=', key)
          .where('tag.value', '=', value),
      ),
    );
  }
  return query.orderBy('version', 'desc').executeTakeFirst();
}

export async function aliasedVersion(
  reader: Reader,
  name: string,
  alias: string,
): Promise<number | undefined> {
  const row = await reader
    .selectFrom('registered_model_aliases')
    .select('version')
    .where('name', '=', name)
    .where('alias', '=', alias)
    .executeTakeFirst();
  return row?.version;
}

/** Of several models, the greatest version in each stage. */
export async function latestVersionRows(
  reader: Reader,
  names: readonly string[],
): Promise<readonly ModelVersionRow[]> {
  return reader
    .selectFrom('model_versions')
    .selectAll()
    .where('name', 'in', names)
    .where('current_stage', '!=', deletedStage)
    .where(
      sql<boolean>`version = (select max(other.version) from model_versions as other
        where other.name = model_versions.name
          and other.current_stage = model_versions.current_stage)`,
    )
    .orderBy('version', 'desc')
    .execute();
}

/** The versions of these rows, in their order. */
export async function versionsOf(
  reader: Reader,
  rows: readonly ModelVersionRow[],
): Promise<readonly ModelVersion[]> {
  const versions: ModelVersion[] = [];
  for (const chunk of chunks(rows)) {
    const tags = Map.groupBy(await tagRows(reader, chunk), keyOf);
    const aliases = Map.groupBy(await aliasRows(reader, chunk), keyOf);
    for (const row of chunk) {
      const pairs = tags.get(keyOf(row))?.map(({ key, value }) => ({ key, value })) ?? [];
      const names = aliases.get(keyOf(row))?.map(({ alias }) => alias) ?? [];
      versions.push(toModelVersion(row, pairs, names));
    }
  }
  return versions;
}

interface VersionKey {
  readonly name: string;
  readonly version: number;
}

function keyOf({ name, version }: VersionKey): string {
  return `${version}:${name}`;
}

function isOneOf(keys: readonly VersionKey[]) {
  const pairs = keys.map(({ name, version }) => sql`(${name}, cast(${version} as bigint))`);
  return sql<boolean>`(name, version) in (values ${sql.join(pairs)})`;
}

async function tagRows(reader: Reader, keys: readonly VersionKey[]) {
  return reader
    .selectFrom('model_version_tags')
    .selectAll()
    .where(isOneOf(keys))
    .orderBy('key')
    .execute();
}

async function aliasRows(reader: Reader, keys: readonly VersionKey[]) {
  return reader
    .selectFrom('registered_model_aliases')
    .selectAll()
    .where(isOneOf(keys))
    .orderBy('alias')
    .execute();
}
