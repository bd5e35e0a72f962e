// Runs steps as processes of this machine, each with its own supervisor: see supervise.ts.
import { findStepProcess, startStepProcess } from '../step/supervise.ts';
import type { StepRunner } from './step-runner.ts';

export class LocalRunner implements StepRunner {
  start({ folder, command, environment }: Parameters<StepRunner['start']>[0]) {
    return startStepProcess(folder.root, command, environment);
  }

  find({ folder }: Parameters<StepRunner['find']>[0]) {
    return findStepProcess(folder.root);
  }
}
