// Which logged models runs have taken in, as lineage has it: they were noted as inputs of the runs alone.
import { type Kysely, sql } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const loggedModelSourcesMigration: Migration = {
  name: '0023_logged_model_sources',
  async up(database: Kysely<unknown>) {
    await sql`insert into run_sources (run_id, kind, source_name, source_version, input)
      select source_id, 'loggedModel', destination_id, '', '' from inputs
      where source_type = 'RUN_INPUT' and destination_type = 'MODEL_INPUT'`.execute(database);
  },
};
