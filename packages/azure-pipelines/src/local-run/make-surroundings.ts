// Puts together what the jobs of a run share, from what was prepared and how it is to go.
import type { RunFacts } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import type { Ask, LocalRunListener } from './local-run-listener.ts';
import type { LocalSurroundings } from './local-surroundings.ts';
import { dryTasks } from './mock-tasks.ts';
import type { PreparedPipeline } from './prepare-local.ts';
import { readRepositoryFacts } from './repository-facts.ts';
import type { FolderSource } from './repository-source.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunJournal } from './run-journal.ts';
import { StageLocks } from './stage-locks.ts';

/** How a run goes, and who hears of it. */
export interface RunOptions {
  readonly tasks: TaskRegistry;
  readonly listener: LocalRunListener;
  readonly ask: Ask;
  readonly parallel: number;
  readonly keepsWorkspaces: boolean;
  /** What steps start from; default the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Holds the key that seals secret outputs; made when it is needed. */
  readonly keyFile: string;
  /** Cancels the run. */
  readonly signal: AbortSignal;
}

export interface Parts {
  readonly prepared: PreparedPipeline;
  readonly pipeline: Pipeline;
  readonly facts: RunFacts;
  readonly journal: RunJournal;
  readonly folder: RunFolder;
  readonly options: RunOptions;
}

export async function makeSurroundings(parts: Parts): Promise<LocalSurroundings> {
  const { prepared, pipeline, options } = parts;
  const { isDryRun } = prepared.request;
  return {
    ...options,
    ...prepared,
    ...parts,
    repositories: prepared.source,
    repositoryNames: await repositoryNames(prepared.source, pipeline),
    tasks: isDryRun ? dryTasks(options.tasks) : options.tasks,
    ask: isDryRun ? approveDryRun : options.ask,
    locks: new StageLocks(prepared.store.folder, parts.journal.record.number),
    isDryRun,
  };
}

/** Nothing is deployed. */
const approveDryRun: Ask = async () => ({ isApproved: true, by: 'the dry run' });

/** A checkout's folder is called after the repository, which the pipeline names; else its folder. */
async function repositoryNames(
  source: FolderSource,
  { resources }: Pipeline,
): Promise<ReadonlyMap<string, string>> {
  const names = source.aliases.map(async (alias) => {
    const named = resources.repositories.find((one) => one.alias === alias)?.name?.text;
    const { name } = await readRepositoryFacts(source.folderOf(alias) ?? '.');
    return [alias, named?.split('/').at(-1) ?? name] as const;
  });
  return new Map(await Promise.all(names));
}
