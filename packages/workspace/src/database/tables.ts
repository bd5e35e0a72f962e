// The tables of the workspace's database, composed of what each noun declares beside its code.
import type { ComponentTables } from '../components/component-tables.ts';
import type { ComputeTables } from '../computes/compute-tables.ts';
import type { DataTables } from '../data/data-tables.ts';
import type { DatastoreTables } from '../datastores/datastore-tables.ts';
import type { EnvironmentTables } from '../environments/environment-tables.ts';
import type { ExperimentTables } from '../experiments/experiment-tables.ts';
import type { GcTables } from '../gc/gc-tables.ts';
import type { MemberTables } from '../identity/member-tables.ts';
import type { TokenTables } from '../identity/token-tables.ts';
import type { LineageTables } from '../lineage/lineage-tables.ts';
import type { LoggedModelTables } from '../logged-models/logged-model-tables.ts';
import type { ModelTables } from '../models/model-tables.ts';
import type { PermissionTables } from '../permissions/permission-tables.ts';
import type { RunTables } from '../runs/run-tables.ts';
import type { SecretTables } from '../secrets/secret-tables.ts';
import type { WebhookTables } from '../webhooks/webhook-tables.ts';

// Each of these is a `type` and not an `interface`, for only a `type` can be given to Kysely's
// `$extendTables`, with which the packages above add their own tables.
export type WorkspaceTables = ExperimentTables &
  EnvironmentTables &
  RunTables &
  ModelTables &
  LoggedModelTables &
  WebhookTables &
  GcTables &
  LineageTables &
  DataTables &
  SecretTables &
  TokenTables &
  MemberTables &
  PermissionTables &
  ComputeTables &
  ComponentTables &
  DatastoreTables;
