// AutoML steps are carried out by another package, where it is installed: its program is given the
// step's definition as a JSON file.
import type { AutoMLStep, CommandStep } from '@ridgeline/azureml-yaml';
import { definitionVariable, programCommand } from './program-command.ts';

export const autoMLPackage = '@ridgeline/automl';

const file = 'ridgeline-step.json';
const program = `printf '%s' "$${definitionVariable}" > ${file} && ridgeline-automl --definition ${file}`;

export function autoMLCommand(step: AutoMLStep): CommandStep {
  return programCommand(step, program, {
    code: null,
    environment: null,
    timeoutSeconds:
      step.limits.timeoutMinutes === null ? null : Math.ceil(step.limits.timeoutMinutes * 60),
    definition: {
      task: step.task,
      primaryMetric: step.primaryMetric,
      targetColumn: step.targetColumn,
      trainingData: step.trainingData,
      validationData: step.validationData,
      testData: step.testData,
      validationDataSize: step.validationDataSize,
      testDataSize: step.testDataSize,
      nCrossValidations: step.nCrossValidations,
      cvSplitColumnNames: step.cvSplitColumnNames,
      weightColumn: step.weightColumn,
      positiveLabel: step.positiveLabel,
      logVerbosity: step.logVerbosity,
      limits: step.limits,
      training: step.training,
      featurization: step.featurization,
      forecasting: step.forecasting,
    },
  });
}
