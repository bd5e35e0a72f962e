// What an engine is made of, once for all its builds, and what it can be told.
import { cpus } from 'node:os';
import { builtInRegistry, type TaskRegistry } from '@ridgeline/azure-pipelines';
import type { Workspace } from '@ridgeline/workspace';
import type { AgentJobs } from '../agents/agent-jobs.ts';
import type { DeliveryDatabase } from '../database/delivery-database.ts';
import { type BuildAssets, noAssets } from './build-assets.ts';
import { Approvals } from './checks/approvals.ts';
import { StageLocks } from './checks/stage-locks.ts';
import { Mirrors } from './repository/mirrors.ts';
import { AgentPool } from './run/agent-pool.ts';
import {
  DeliveryPaths,
  type EngineParts,
  type JobToken,
  type TokenOwner,
} from './run/build-surroundings.ts';
import { stepEnvironment } from './run/step-environment.ts';
import { BuildStore } from './store/build-store.ts';
import { SealedTexts } from './store/sealed-texts.ts';

export interface BuildEngineOptions {
  /** Default: none. */
  readonly assets?: BuildAssets;
  /** How many jobs run at once, those of servers aside; default: the number of processors. */
  readonly slots?: number;
  /** Default: those that are built in. */
  readonly tasks?: TaskRegistry;
  /** Where the server is reached; empty where it is not. */
  readonly serverUrl?: () => string;
  /** Of every step, besides what all programs need. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** Holds the `az` that steps find first on their PATH; default none but the machine's. */
  readonly azFolder?: string;
  /** Gives System.AccessToken of a job. */
  readonly issueToken?: (owner: TokenOwner) => Promise<JobToken>;
  /**
   * Told of what went wrong with the engine itself. The build goes on at the next start; where the
   * database was away or the disk full, by itself some time after that is over.
   */
  readonly onInternalError: (buildId: string, error: unknown) => void;
  /** How long the steps of running jobs have to end when the engine closes; default 10,000. */
  readonly closeGraceMs?: number;
  /** How long an agent on another machine that is not heard keeps its jobs; default 60,000. */
  readonly agentLeaseMs?: number;
  /** When a build goes on whose work was broken off so; default 5,000, and more while that lasts. */
  readonly resumePauseMs?: number;
  readonly now?: () => number;
}

export function openParts(
  workspace: Workspace,
  database: DeliveryDatabase,
  agents: AgentJobs,
  options: BuildEngineOptions,
): EngineParts {
  const store = new BuildStore(database, options.now ?? Date.now, workspace.changes);
  const paths = new DeliveryPaths(workspace.folder);
  const more = options.environment ?? (() => ({}));
  return {
    store,
    paths,
    texts: new SealedTexts(workspace.secrets),
    assets: options.assets ?? noAssets,
    approvals: new Approvals(store),
    locks: new StageLocks(),
    pool: new AgentPool(options.slots ?? cpus().length),
    agents,
    mirrors: new Mirrors(paths.mirrors),
    tasks: options.tasks ?? builtInRegistry(),
    environment: () => stepEnvironment(more(), options.azFolder),
    ...(options.issueToken !== undefined && { issueToken: options.issueToken }),
    onInternalError: options.onInternalError,
  };
}
