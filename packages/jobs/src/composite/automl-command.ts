// AutoML steps are carried out by the program of another package, which is given the step's
// definition as a JSON file.
import type { AutoMLStep, CommandStep } from '@ridgeline/azureml-yaml';
import { definitionVariable, programCommand } from './program-command.ts';

const file = 'ridgeline-step.json';
// Without `exec` a shell would stand between, and a stop would end it before the program has ended
// its trials.
const program = `printf '%s' "$${definitionVariable}" > ${file} && exec ridgeline-automl --definition ${file}`;

/**
 * The search keeps its time itself. This much more is for what comes before and after it: reading,
 * the report, uploads. Past that it is not going to end.
 */
const graceSeconds = 600;

export function autoMLCommand(step: AutoMLStep): CommandStep {
  const { timeoutMinutes } = step.limits;
  return programCommand(step, program, {
    code: null,
    environment: null,
    timeoutSeconds: timeoutMinutes === null ? null : Math.ceil(timeoutMinutes * 60) + graceSeconds,
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
      properties: step.properties,
    },
  });
}
