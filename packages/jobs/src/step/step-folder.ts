// Where an attempt of a step keeps its files while it runs:
//   code/        the working folder: a private copy of the step's code
//   outputs/     what the step writes for others, one entry an output
//   log          standard output and standard error
// and beside them those by which its process is found again: see supervise.ts.
// The engine moves what is to stay into the run's artifacts, and removes the folder.
import path from 'node:path';

export interface StepFolder {
  readonly root: string;
  readonly code: string;
  readonly outputs: string;
  readonly log: string;
}

export function stepFolder(
  workspaceFolder: string,
  jobId: string,
  stepName: string,
  attempt: number,
): StepFolder {
  const root = path.join(jobFolder(workspaceFolder, jobId), stepName, String(attempt));
  return {
    root,
    code: path.join(root, 'code'),
    outputs: path.join(root, 'outputs'),
    log: path.join(root, 'log'),
  };
}

export function jobFolder(workspaceFolder: string, jobId: string): string {
  return path.join(workspaceFolder, 'jobs', jobId);
}

/** Where the log of a step stands among its run's artifacts: Azure ML's place for it. */
export const logFolder = 'user_logs';
export const logArtifactPath = `${logFolder}/std_log.txt`;

/** Where an output of a step stands among its run's artifacts. */
export const outputsFolder = 'outputs';
export function outputArtifactPath(output: string): string {
  return `${outputsFolder}/${output}`;
}
