// The migrations of the 'workspace' namespace, oldest first. Each noun writes its own, in its own
// folder, with the next free number; a migration that has been released never changes.
import { componentsMigration } from '../components/components-migration.ts';
import { computesMigration } from '../computes/computes-migration.ts';
import { dataMigration } from '../data/data-migration.ts';
import { dataTypesMigration } from '../data/data-types-migration.ts';
import { datastoresMigration } from '../datastores/datastores-migration.ts';
import { environmentsMigration } from '../environments/environments-migration.ts';
import { experimentsMigration } from '../experiments/experiments-migration.ts';
import { gcMigration } from '../gc/gc-migration.ts';
import { membersMigration } from '../identity/members-migration.ts';
import { signInTriesMigration } from '../identity/sign-in-tries-migration.ts';
import { tokensMigration } from '../identity/tokens-migration.ts';
import { lineageBackfillMigration } from '../lineage/lineage-backfill-migration.ts';
import { lineageMigration } from '../lineage/lineage-migration.ts';
import { loggedModelSourcesMigration } from '../lineage/logged-model-sources-migration.ts';
import { loggedModelsMigration } from '../logged-models/logged-models-migration.ts';
import { modelsMigration } from '../models/models-migration.ts';
import { permissionsMigration } from '../permissions/permissions-migration.ts';
import { metricPointsMigration } from '../runs/metric-points-migration.ts';
import { runSearchMigration } from '../runs/run-search-migration.ts';
import { runsMigration } from '../runs/runs-migration.ts';
import { secretsMigration } from '../secrets/secrets-migration.ts';
import { webhooksMigration } from '../webhooks/webhooks-migration.ts';
import type { Migration } from './migrate.ts';

export const workspaceMigrations: readonly Migration[] = [
  experimentsMigration,
  runsMigration,
  modelsMigration,
  dataMigration,
  secretsMigration,
  tokensMigration,
  computesMigration,
  membersMigration,
  componentsMigration,
  datastoresMigration,
  dataTypesMigration,
  environmentsMigration,
  loggedModelsMigration,
  webhooksMigration,
  gcMigration,
  runSearchMigration,
  lineageMigration,
  lineageBackfillMigration,
  signInTriesMigration,
  metricPointsMigration,
  permissionsMigration,
  loggedModelSourcesMigration,
];
