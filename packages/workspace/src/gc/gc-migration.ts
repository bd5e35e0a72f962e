// Makes the table of artifacts that are still to be removed.
import type { Migration } from '../database/migrate.ts';

export const gcMigration: Migration = {
  name: '0015_gc',
  async up(database) {
    await database.schema
      .createTable('artifact_removals')
      .addColumn('owner_id', 'text', (column) => column.primaryKey())
      .addColumn('experiment_id', 'integer', (column) => column.notNull())
      .execute();
  },
};
