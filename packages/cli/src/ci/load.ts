// From the words of a command to a compiled pipeline.
import {
  type CompiledPipeline,
  compileLocal,
  type PreparedPipeline,
  prepareLocal,
  type TaskRegistry,
} from '@ridgeline/azure-pipelines';
import { printNote } from '../output/print.ts';
import { CiFailed } from './ci-failed.ts';
import { describeDiagnostics } from './describe-diagnostics.ts';
import { findPipelineFile } from './find-pipeline-file.ts';
import { knownTasks } from './known-tasks.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { runsFolder } from './runs-folder.ts';

export interface Loaded {
  readonly prepared: PreparedPipeline;
  readonly compiled: CompiledPipeline;
}

export interface LoadedWell {
  readonly prepared: PreparedPipeline;
  readonly compiled: Required<CompiledPipeline>;
}

export async function load(
  file: string | undefined,
  options: PipelineOptions,
  known?: TaskRegistry,
): Promise<Loaded> {
  const tasks = known ?? (await knownTasks(options.taskFolder, options.mock));
  const prepared = await prepareLocal({
    file: await findPipelineFile(file),
    store: runsFolder(options.workspace),
    parameters: options.parameter,
    variables: options.variable,
    repositories: options.repository,
    branch: options.branch,
    reason: options.reason,
    definitionName: options.name,
    secrets: options.secrets,
    variableGroups: options.variableGroup,
    connections: options.connections,
    secureFiles: options.secureFiles,
    environments: options.environments,
    taskFolders: options.taskFolder,
  });
  return { prepared, compiled: await compileLocal(prepared, tasks) };
}

/** Mistakes are printed, and end the command. @throws CiFailed */
export async function loadWell(
  file: string | undefined,
  options: PipelineOptions,
  tasks?: TaskRegistry,
): Promise<LoadedWell> {
  const { prepared, compiled } = await load(file, options, tasks);
  const { diagnostics } = compiled;
  for (const text of await describeDiagnostics(diagnostics, prepared)) printNote(text);
  if (!isWhole(compiled)) throw new CiFailed();
  return { prepared, compiled };
}

function isWhole(compiled: CompiledPipeline): compiled is Required<CompiledPipeline> {
  const { diagnostics, pipeline } = compiled;
  return pipeline !== undefined && diagnostics.every(({ severity }) => severity !== 'error');
}
