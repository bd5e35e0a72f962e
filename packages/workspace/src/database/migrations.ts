// The migrations of the 'workspace' namespace, oldest first. Each noun writes its own, in its own
// folder, with the next free number; a migration that has been released never changes.
import { dataMigration } from '../data/data-migration.ts';
import { experimentsMigration } from '../experiments/experiments-migration.ts';
import { tokensMigration } from '../identity/tokens-migration.ts';
import { modelsMigration } from '../models/models-migration.ts';
import { runsMigration } from '../runs/runs-migration.ts';
import { secretsMigration } from '../secrets/secrets-migration.ts';
import type { Migration } from './migrate.ts';

export const workspaceMigrations: readonly Migration[] = [
  experimentsMigration,
  runsMigration,
  modelsMigration,
  dataMigration,
  secretsMigration,
  tokensMigration,
];
