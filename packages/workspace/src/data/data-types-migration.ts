// Gives data assets an id, the number of their files, and what an MLTable file says.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

interface Tables {
  readonly data_assets: {
    readonly name: string;
    readonly version: string;
    readonly type: string;
    readonly id: string | null;
    readonly file_count: number | null;
  };
}

export const dataTypesMigration: Migration = {
  name: '0011_data_types',
  async up(database) {
    for (const [column, type] of [
      ['id', 'text'],
      ['file_count', 'bigint'],
      ['ml_table', 'text'],
    ] as const) {
      await database.schema.alterTable('data_assets').addColumn(column, type).execute();
    }
    await giveIds(database as Kysely<Tables>);
    await database.schema
      .createIndex('data_asset_id_index')
      .on('data_assets')
      .column('id')
      .unique()
      .execute();
  },
};

// How many files an earlier folder held was not written down, and is not known any more.
async function giveIds(database: Kysely<Tables>): Promise<void> {
  const rows = await database
    .selectFrom('data_assets')
    .select(['name', 'version', 'type'])
    .execute();
  for (const { name, version, type } of rows) {
    await database
      .updateTable('data_assets')
      .set({ id: randomUUID(), file_count: type === 'uri_file' ? 1 : null })
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
  }
}
