// What a step has written, moved into its run's artifacts, from where later steps take it. Moving
// can be repeated: what an interrupted server had already moved is left as it is.
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CommandStep, StepOutput } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import type { JobFailure } from '../job/job.ts';
import { outputArtifactPath, type StepFolder } from '../step/step-folder.ts';

/** Folders are there before the step starts; a file is for the step to write. */
export async function makeOutputFolders(step: CommandStep, folder: StepFolder): Promise<void> {
  await mkdir(folder.outputs, { recursive: true });
  for (const [name, output] of step.outputs) {
    if (!isFile(output)) await mkdir(path.join(folder.outputs, name), { recursive: true });
  }
}

/** For each output of a step, the path that the step is to write. */
export function outputPaths(step: CommandStep, folder: StepFolder): Map<string, string> {
  return new Map([...step.outputs.keys()].map((name) => [name, path.join(folder.outputs, name)]));
}

/** Null when all is kept, else what is missing: then nothing was moved. */
export async function keepOutputs(
  workspace: Workspace,
  runId: string,
  step: CommandStep,
  folder: StepFolder,
): Promise<JobFailure | null> {
  const paths = outputPaths(step, folder);
  const kept = await workspace.artifacts.list(runId, 'outputs');
  const left = [...paths].filter(
    ([name]) => !kept.some((artifact) => artifact.path === outputArtifactPath(name)),
  );
  for (const [name, file] of left) {
    const missing = await whatIsMissing(step.outputs.get(name) as StepOutput, file);
    if (missing !== null) {
      const message = `step '${step.name}' exited with code 0, but its output '${name}' ${missing}`;
      return { code: 'STEP_OUTPUT_MISSING', message };
    }
  }
  for (const [name, file] of left) {
    const place = outputArtifactPath(name);
    if (isFile(step.outputs.get(name))) {
      await workspace.artifacts.write(runId, place, createReadStream(file));
    } else {
      await workspace.artifacts.adoptFolder(runId, place, file);
    }
  }
  return null;
}

async function whatIsMissing(output: StepOutput, file: string): Promise<string | null> {
  if (isFile(output)) return (await exists(file)) ? null : 'was not written';
  if (!(await exists(file))) return 'was removed';
  const needsModel = output.type === 'mlflow_model';
  return needsModel && !(await exists(path.join(file, 'MLmodel'))) ? 'holds no MLmodel file' : null;
}

function isFile(output: StepOutput | undefined): boolean {
  return output?.type === 'uri_file';
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
