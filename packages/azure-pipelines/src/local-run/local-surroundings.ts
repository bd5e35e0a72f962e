// All that the jobs of a run share on this machine: its folder, its repositories, credentials from
// files, and whom to ask. Each job gets a host made of it.
import type { RunFacts } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import type { LocalEnvironments } from './environments-file.ts';
import type { Ask, LocalRunListener } from './local-run-listener.ts';
import type { FolderSource } from './repository-source.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunJournal } from './run-journal.ts';
import type { RunRequest } from './run-record.ts';
import type { RunStore } from './run-store.ts';
import type { ServiceConnections } from './service-connections-file.ts';
import type { StageLocks } from './stage-locks.ts';
import type { VariableGroup } from './variable-group-file.ts';

export interface LocalSurroundings {
  readonly request: RunRequest;
  readonly store: RunStore;
  readonly folder: RunFolder;
  readonly journal: RunJournal;
  readonly pipeline: Pipeline;
  readonly facts: RunFacts;
  readonly repositories: FolderSource;
  /** Alias → the repository's own name. */
  readonly repositoryNames: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, VariableGroup>;
  readonly connections: ServiceConnections;
  /** Holds the secure files, by name. */
  readonly secureFiles: string | null;
  readonly tasks: TaskRegistry;
  readonly listener: LocalRunListener;
  readonly ask: Ask;
  readonly environments: LocalEnvironments;
  readonly locks: StageLocks;
  /** How many jobs may go at once. */
  readonly parallel: number;
  /** Checks nothing out and runs no task. */
  readonly isDryRun: boolean;
  /** Keeps the workspaces of jobs that succeeded too. */
  readonly keepsWorkspaces: boolean;
  /** What steps start from; default the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly keyFile: string;
}
