// Makes the table of tokens.
import type { Migration } from '../database/migrate.ts';

export const tokensMigration: Migration = {
  name: '0006_tokens',
  async up(database) {
    await database.schema
      .createTable('tokens')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('job_id', 'text')
      .addColumn('run_id', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    for (const column of ['job_id', 'run_id']) {
      await database.schema
        .createIndex(`tokens_${column}_index`)
        .on('tokens')
        .column(column)
        .execute();
    }
  },
};
