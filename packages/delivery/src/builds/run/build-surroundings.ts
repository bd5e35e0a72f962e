// All that the parts of a build that goes share: what it is, what it runs, and where its things are.
import { createHash } from 'node:crypto';
import path from 'node:path';
import {
  asFileName,
  type Pipeline,
  RunFolder,
  type TaskRegistry,
} from '@ridgeline/azure-pipelines';
import type { AgentJobs } from '../../agents/agent-jobs.ts';
import type { BuildAssets } from '../build-assets.ts';
import type { Approvals } from '../checks/approvals.ts';
import type { StageLocks } from '../checks/stage-locks.ts';
import type { BuildFactsKept } from '../plan/stored-facts.ts';
import type { Mirrors } from '../repository/mirrors.ts';
import type { BuildRow, BuildStore, Change } from '../store/build-store.ts';
import type { SealedTexts } from '../store/sealed-texts.ts';
import type { AgentPool } from './agent-pool.ts';
import type { StepJournal } from './step-journal.ts';

/** A token with which the steps of one job may call the server. */
export interface JobToken {
  readonly value: string;
  revoke(): Promise<void>;
}

/** The job that a token is for. */
export interface TokenOwner {
  readonly buildId: string;
  readonly pipeline: string;
  readonly job: string;
}

/** Of an engine, for all its builds. */
export interface EngineParts {
  readonly store: BuildStore;
  readonly texts: SealedTexts;
  readonly paths: DeliveryPaths;
  readonly assets: BuildAssets;
  readonly approvals: Approvals;
  readonly locks: StageLocks;
  /** The slots of this machine. */
  readonly pool: AgentPool;
  /** Other machines. */
  readonly agents: AgentJobs;
  readonly mirrors: Mirrors;
  readonly tasks: TaskRegistry;
  /** What steps start from. */
  readonly environment: () => Readonly<Record<string, string | undefined>>;
  readonly issueToken?: (owner: TokenOwner) => Promise<JobToken>;
  readonly onInternalError: (buildId: string, error: unknown) => void;
}

export interface BuildSurroundings extends EngineParts {
  readonly build: BuildRow;
  readonly pipeline: Pipeline;
  readonly kept: BuildFactsKept;
  /** Writes down the counters that expressions have taken: with the snapshot that knows of them. */
  readonly writeCounters: Change;
  readonly folder: RunFolder;
  readonly journal: StepJournal;
}

/** As the name of a folder: two jobs never share one, however alike their ids are. */
export function folderNameOf(jobId: string): string {
  const digest = createHash('sha256').update(jobId).digest('hex').slice(0, 8);
  return `${asFileName(jobId).slice(0, 60)}-${digest}`;
}

/** Where delivery keeps its files, below the workspace's folder. */
export class DeliveryPaths {
  readonly #root: string;

  constructor(workspaceFolder: string) {
    this.#root = path.join(workspaceFolder, 'delivery');
  }

  get mirrors(): string {
    return path.join(this.#root, 'repositories');
  }

  get tools(): string {
    return path.join(this.#root, 'tools');
  }

  /** The folders of a build's jobs while they run. */
  work(buildId: number): string {
    return path.join(this.#root, 'work', String(buildId));
  }

  /** Files on their way between agents and here, a folder a lease: they outlive a server. */
  get transfers(): string {
    return path.join(this.#root, 'transfers');
  }

  cache(pipelineId: number): string {
    return path.join(this.#root, 'cache', String(pipelineId));
  }

  build(id: number): RunFolder {
    return new RunFolder(path.join(this.#root, 'builds', String(id)));
  }
}
