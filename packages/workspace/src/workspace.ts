// Opens a workspace: all assets of one team, in one folder, for one process at a time. It only puts
// the parts together; what each of them does, it says itself.
import { resolve } from 'node:path';
import type { ArtifactStore } from './artifacts/artifact-store.ts';
import { openArtifactStore } from './artifacts/open-artifact-store.ts';
import type { ChangeFeed } from './changes/change-feed.ts';
import { openChanges } from './changes/open-changes.ts';
import { type Clock, systemClock } from './clock.ts';
import { CodeStore } from './code/code-store.ts';
import { Components } from './components/components.ts';
import { Computes } from './computes/computes.ts';
import { DataAssets } from './data/data-assets.ts';
import {
  databaseVariable,
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from './database/open-workspace-database.ts';
import { parsePostgresAddress } from './database/postgres-address.ts';
import { Datastores } from './datastores/datastores.ts';
import { Environments } from './environments/environments.ts';
import { Experiments } from './experiments/experiments.ts';
import { StagingFolder } from './files/staging-folder.ts';
import { GarbageCollector } from './gc/garbage-collector.ts';
import { Identity } from './identity/identity.ts';
import { Lineages } from './lineage/lineages.ts';
import { isLoggedModelId } from './logged-models/logged-model.ts';
import { LoggedModels } from './logged-models/logged-models.ts';
import { Models } from './models/models.ts';
import { Permissions } from './permissions/permissions.ts';
import { Runs } from './runs/runs.ts';
import { secretKeyVariable } from './secrets/secret-key.ts';
import { Secrets } from './secrets/secrets.ts';
import { WebhookOutbox } from './webhooks/webhook-outbox.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { claimForDatabase, prepareWorkspaceFolder, workspacePaths } from './workspace-folder.ts';
import { WorkspaceLock } from './workspace-lock.ts';

export interface OpenWorkspaceOptions {
  /** Made if it is not there, readable by its owner only. */
  readonly folder: string;
  /**
   * An address of Postgres, such as postgres://ridgeline@db.example/ml?schema=team_a. Default: the
   * environment variable RIDGELINE_DATABASE; without it, the SQLite file workspace.db in the folder.
   */
  readonly database?: string | undefined;
  /**
   * Where artifacts go: s3://bucket/prefix, or a container of Azure Blob Storage. Default: the
   * environment variable RIDGELINE_ARTIFACTS; without it, where they have gone so far: by default the
   * folder.
   */
  readonly artifacts?: string | undefined;
  /** Default: the time of this machine. */
  readonly clock?: Clock;
  /**
   * The key of the secrets, 32 bytes in base64. Default: the environment variable
   * RIDGELINE_SECRET_KEY; without it, the file secrets.key in the folder.
   */
  readonly secretKey?: string;
  /** How many steps run at once on the compute 'local'; default: the number of processors. */
  readonly localSlots?: number | undefined;
  /** Whether webhooks may send to addresses that are not of the public internet; default false. */
  readonly allowPrivateWebhooks?: boolean | undefined;
}

export interface Workspace {
  /** Absolute. */
  readonly folder: string;
  readonly database: WorkspaceDatabase;
  /** What happens here and at the other servers of the workspace, for whoever reads along. */
  readonly changes: ChangeFeed;
  readonly experiments: Experiments;
  readonly runs: Runs;
  readonly models: Models;
  readonly loggedModels: LoggedModels;
  /** Where model versions come from, and what was made of data assets. */
  readonly lineage: Lineages;
  readonly webhooks: Webhooks;
  readonly garbage: GarbageCollector;
  readonly artifacts: ArtifactStore;
  readonly datastores: Datastores;
  readonly data: DataAssets;
  readonly code: CodeStore;
  readonly environments: Environments;
  readonly components: Components;
  readonly computes: Computes;
  readonly secrets: Secrets;
  readonly identity: Identity;
  /** What people may do with single experiments and registered models. */
  readonly permissions: Permissions;
  /** Waits for what was asked of the database, closes it, and lets others open the workspace. */
  close(): Promise<void>;
}

/**
 * Opens the workspace in a folder, making it the first time. What a process that was killed left
 * half written is removed.
 * @throws RidgelineError WORKSPACE_IN_USE, WORKSPACE_CANNOT_OPEN, WORKSPACE_FOLDER_INVALID,
 *   SECRET_KEY_INVALID, SECRET_KEY_MISSING, SECRET_KEY_WRONG, ARTIFACT_STORE_ADDRESS_INVALID,
 *   ARTIFACT_STORE_REFUSED, ARTIFACT_STORE_UNREACHABLE, and those of opening the database
 */
export async function openWorkspace(options: OpenWorkspaceOptions): Promise<Workspace> {
  const folder = resolve(options.folder);
  const clock = options.clock ?? systemClock;
  await prepareWorkspaceFolder(folder);
  await using opened = new AsyncDisposableStack();
  const address = options.database ?? process.env[databaseVariable];
  if (address === undefined) {
    const lock = await WorkspaceLock.take(folder);
    opened.defer(() => lock.release());
  }
  await claimForDatabase(folder, address === undefined ? null : parsePostgresAddress(address).text);
  const database = await openWorkspaceDatabase(address ?? workspacePaths(folder).database);
  opened.defer(() => database.close());
  const changes = openChanges(database);
  opened.defer(() => changes.close());
  const fromEnvironment = options.secretKey ?? process.env[secretKeyVariable];
  const assets = await openAssets({
    folder,
    database,
    changes,
    clock,
    fromEnvironment,
    artifactAddress: options.artifacts,
    localSlots: options.localSlots,
    isShared: address !== undefined,
    allowPrivate: options.allowPrivateWebhooks,
  });
  // From here on the workspace closes them; had anything above failed, this function would have.
  const closing = opened.move();
  return { folder, database, changes, ...assets, close: () => closing.disposeAsync() };
}

interface AssetsOptions {
  readonly folder: string;
  readonly database: WorkspaceDatabase;
  readonly changes: ChangeFeed;
  readonly clock: Clock;
  readonly fromEnvironment: string | undefined;
  readonly artifactAddress: string | undefined;
  readonly localSlots: number | undefined;
  /** Whether other servers may have the folder open too. */
  readonly isShared: boolean;
  readonly allowPrivate: boolean | undefined;
}

async function openAssets(options: AssetsOptions) {
  const { folder, database, changes, clock, fromEnvironment, localSlots } = options;
  const { isShared, allowPrivate } = options;
  const paths = workspacePaths(folder);
  const staging = new StagingFolder(paths.staging);
  await staging.clear({ isShared });
  const runs = new Runs({ database, clock, changes });
  const loggedModels = new LoggedModels({ database, clock, changes });
  const artifacts = await openArtifactStore({
    folder,
    address: options.artifactAddress,
    isShared,
    experimentIdOf: (id) => (isLoggedModelId(id) ? loggedModels : runs).experimentIdOf(id),
  });
  const code = await CodeStore.open(paths.code, undefined, isShared);
  const datastores = await Datastores.open({
    folder: paths.datastores,
    workspaceFolder: folder,
    database,
    clock,
    isShared,
  });
  const key = { file: paths.secretKey, staging, fromEnvironment };
  const secrets = await Secrets.open({ database, clock, ...key });
  const outbox = new WebhookOutbox(clock);
  return {
    runs,
    artifacts,
    datastores,
    secrets,
    computes: new Computes({ database, clock, ...(localSlots !== undefined && { localSlots }) }),
    experiments: new Experiments({ database, clock, changes }),
    models: new Models({ database, clock, artifacts, outbox, changes }),
    loggedModels,
    lineage: new Lineages(database),
    garbage: new GarbageCollector({ database, artifacts, clock, changes }),
    webhooks: new Webhooks({ database, secrets, outbox, clock, allowPrivate }),
    data: new DataAssets({ database, datastores, clock, changes }),
    code,
    components: new Components({ database, code, clock }),
    environments: new Environments({ database, folder: paths.environments, clock }),
    identity: await Identity.open({ database, secrets, clock }),
    permissions: new Permissions(database),
  };
}
