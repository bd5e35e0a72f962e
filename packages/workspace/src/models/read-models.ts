// Reads registered models with their tags, aliases and greatest version, within a transaction of
// the caller.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import { RidgelineError } from '../errors.ts';
import type { ModelTables, RegisteredModelRow } from './model-tables.ts';
import { latestVersionRows, versionsOf } from './read-versions.ts';
import { type RegisteredModel, toRegisteredModel } from './registered-model.ts';

type Reader = Transaction<ModelTables>;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function modelRow(reader: Reader, name: string): Promise<RegisteredModelRow> {
  const row = await reader
    .selectFrom('registered_models')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  if (row !== undefined) return row;
  const message = `Registered Model with name=${name} not found`;
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', message);
}

/** The models of these rows, in their order. */
export async function modelsOf(
  reader: Reader,
  rows: readonly RegisteredModelRow[],
): Promise<readonly RegisteredModel[]> {
  const models: RegisteredModel[] = [];
  for (const chunk of chunks(rows)) models.push(...(await chunkOfModels(reader, chunk)));
  return models;
}

async function chunkOfModels(
  reader: Reader,
  rows: readonly RegisteredModelRow[],
): Promise<readonly RegisteredModel[]> {
  const names = rows.map((row) => row.name);
  const byName = ({ name }: { readonly name: string }): string => name;
  const latest = await versionsOf(reader, await latestVersionRows(reader, names));
  const versions = Map.groupBy(latest, byName);
  const tags = Map.groupBy(await tagRows(reader, names), byName);
  const aliases = Map.groupBy(await aliasRows(reader, names), byName);
  return rows.map((row) =>
    toRegisteredModel(row, {
      latestVersions: versions.get(row.name) ?? [],
      tags: tags.get(row.name)?.map(({ key, value }) => ({ key, value })) ?? [],
      aliases:
        aliases.get(row.name)?.map(({ alias, version }) => ({ alias, version: `${version}` })) ??
        [],
    }),
  );
}

async function tagRows(reader: Reader, names: readonly string[]) {
  return reader
    .selectFrom('registered_model_tags')
    .selectAll()
    .where('name', 'in', names)
    .orderBy('key')
    .execute();
}

async function aliasRows(reader: Reader, names: readonly string[]) {
  return reader
    .selectFrom('registered_model_aliases')
    .selectAll()
    .where('name', 'in', names)
    .orderBy('alias')
    .execute();
}
