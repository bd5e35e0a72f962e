// The command that a step runs: its own, or that of the program which carries out steps of its type.
import type { CommandStep, Step } from '@ridgeline/azureml-yaml';
import { parallelCommand } from '../parallel/parallel-command.ts';
import { autoMLCommand } from './automl-command.ts';

/** @throws Error for a composite step, which has none */
export function workStep(step: Step): CommandStep {
  switch (step.type) {
    case 'command':
      return step;
    case 'parallel':
      return parallelCommand(step);
    case 'automl':
      return autoMLCommand(step);
    default:
      throw new Error(`step '${step.name}' (${step.type}) runs no command`);
  }
}
