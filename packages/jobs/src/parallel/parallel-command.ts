// Parallel steps are carried out by ridgeline-parallel-run, a program of the package `scoring`.
import type { CommandStep, ParallelStep } from '@ridgeline/azureml-yaml';
import { programCommand } from '../composite/program-command.ts';

export function parallelCommand(step: ParallelStep): CommandStep {
  const { task } = step;
  return programCommand(step, 'ridgeline-parallel-run', {
    code: task.code,
    environment: task.environment,
    timeoutSeconds: step.timeoutSeconds,
    programArguments: task.programArguments,
    definition: {
      entryScript: task.entryScript,
      appendRowTo: task.appendRowTo,
      inputData: step.inputData,
      miniBatchSize: step.miniBatchSize,
      miniBatchErrorThreshold: step.miniBatchErrorThreshold,
      errorThreshold: step.errorThreshold,
      loggingLevel: step.loggingLevel,
      workers: step.instanceCount * step.maxConcurrencyPerInstance,
      retrySettings: step.retrySettings,
    },
  });
}
