// What a step has written, moved into its run's artifacts, from where later steps take it. Moving
// can be repeated: what an interrupted server had already moved is left as it is.
import { createReadStream, type Stats } from 'node:fs';
import { lstat, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CommandStep, StepOutput } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import type { JobFailure } from '../job/job.ts';
import { outputArtifactPath, outputsFolder, type StepFolder } from '../step/step-folder.ts';
import { isFile, isLiteral, maxValueBytes, valueProblem } from './literal-output.ts';
import { isRefusal } from './refusal.ts';

/** Folders are there before the step starts; a file is for the step to write. */
export async function makeOutputFolders(step: CommandStep, folder: StepFolder): Promise<void> {
  await mkdir(folder.outputs, { recursive: true });
  for (const [name, output] of step.outputs) {
    if (!isFile(output.type)) await mkdir(path.join(folder.outputs, name));
  }
}

/** For each output of a step, the path that the step is to write. */
export function outputPaths(step: CommandStep, folder: StepFolder): Map<string, string> {
  return new Map([...step.outputs.keys()].map((name) => [name, path.join(folder.outputs, name)]));
}

interface WrittenOutput {
  readonly name: string;
  readonly output: StepOutput;
  readonly file: string;
  /**
   * Null where nothing is in its place. A link is not followed: it may lead to what only the server
   * has, such as its own environment, or to what has no end.
   */
  readonly stats: Stats | null;
}

/** Null when all is kept, else why it cannot be. Nothing is moved while anything is missing. */
export async function keepOutputs(
  workspace: Workspace,
  runId: string,
  step: CommandStep,
  folder: StepFolder,
): Promise<JobFailure | null> {
  const waiting = await outputsToKeep(workspace, runId, step, folder);
  for (const written of waiting) {
    const missing = await whatIsMissing(written);
    if (missing === null) continue;
    return failure(step, 'STEP_OUTPUT_MISSING', `its output '${written.name}' ${missing}`);
  }
  for (const written of waiting) {
    const problem = await whatIsWrong(written);
    if (problem === null) continue;
    return failure(step, 'STEP_OUTPUT_INVALID', `its output '${written.name}' ${problem}`);
  }
  for (const { name, output, file } of waiting) {
    try {
      await keep(workspace, runId, outputArtifactPath(name), output, file);
    } catch (error) {
      if (!isStepsFault(error)) throw error;
      const problem = `its output '${name}' cannot be kept: ${error.message}`;
      return failure(step, 'STEP_OUTPUT_INVALID', problem);
    }
  }
  return null;
}

async function outputsToKeep(
  { artifacts }: Workspace,
  runId: string,
  step: CommandStep,
  folder: StepFolder,
): Promise<readonly WrittenOutput[]> {
  const kept = new Set((await artifacts.list(runId, outputsFolder)).map((entry) => entry.path));
  const outputs = [...outputPaths(step, folder)].map(async ([name, file]) => {
    const output = step.outputs.get(name) as StepOutput;
    return { name, output, file, stats: await lstat(file).catch(() => null) };
  });
  return (await Promise.all(outputs)).filter(
    ({ name, stats }) => stats !== null || !kept.has(outputArtifactPath(name)),
  );
}

async function whatIsMissing({ output, file, stats }: WrittenOutput): Promise<string | null> {
  if (isFile(output.type)) {
    if (stats === null) return 'was not written';
    if (stats.isSymbolicLink()) return 'is a link; copy there what it points at';
    return stats.isFile() ? null : 'is no file';
  }
  if (stats === null) return 'was removed';
  if (stats.isSymbolicLink()) return 'is a link; copy there what it points at';
  if (!stats.isDirectory()) return 'is no folder';
  if (output.type !== 'mlflow_model') return null;
  const model = await stat(path.join(file, 'MLmodel')).catch(() => null);
  return model === null ? 'holds no MLmodel file' : null;
}

/** Of a value, that it is none. */
async function whatIsWrong({ output, file, stats }: WrittenOutput): Promise<string | null> {
  if (!isLiteral(output.type)) return null;
  if (stats !== null && stats.size > maxValueBytes) {
    return `is ${stats.size} bytes long, and a ${output.type} may have ${maxValueBytes}`;
  }
  return valueProblem(output.type, (await readFile(file, 'utf8')).replace(/\r?\n$/, ''));
}

async function keep(
  { artifacts }: Workspace,
  runId: string,
  place: string,
  output: StepOutput,
  file: string,
): Promise<void> {
  if (isFile(output.type)) await artifacts.write(runId, place, createReadStream(file));
  else await artifacts.adoptFolder(runId, place, file);
}

/** Such as a link among the files, or a file that nobody may read. */
function isStepsFault(error: unknown): error is Error {
  const { code } = error as NodeJS.ErrnoException;
  return isRefusal(error) || code === 'EACCES' || code === 'EPERM';
}

function failure(step: CommandStep, code: JobFailure['code'], problem: string): JobFailure {
  return { code, message: `step '${step.name}' exited with code 0, but ${problem}` };
}
