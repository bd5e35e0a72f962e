// The pipeline step that trains: reads its inputs, has the model trained, logs what came out on
// its own run and on the pipeline's, and leaves the model folder as its output.

import { type ActiveRun, currentRun } from '@ridgeline/client';
import type { FittedLinearModel } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { readFlags } from '../shared/flags.ts';
import { trainingParameters } from '../shared/parameters.ts';
import { runStep } from '../shared/run-step.ts';
import {
  getModelMetrics,
  readTrainingData,
  type SplitData,
  splitData,
  targetColumn,
  trainModel,
} from './train.ts';

const flagNames = ['model_name', 'training_data', 'step_output'] as const;
type Flags = Readonly<Record<(typeof flagNames)[number], string>>;

export async function trainStep(flags: Flags, run: ActiveRun): Promise<void> {
  for (const name of flagNames) console.log(`Argument [${name}]: ${flags[name]}`);
  console.log('Getting training parameters');
  const parameters = trainingParameters();
  console.log(`Parameters: ${JSON.stringify(parameters)}`);

  const data = splitData(await readTrainingData(flags.training_data));
  console.log(`Training on ${data.train.y.length} rows, testing on ${data.test.y.length}`);
  const model = trainModel(data, parameters);
  const metrics = getModelMetrics(model, data);
  console.log(`Metrics: ${JSON.stringify(metrics)}`);

  await keepModel(flags, run, model, data);
  for (const target of [run, run.parent]) {
    await target?.logParams(model.parameters);
    await target?.logMetrics(metrics);
    await target?.setTag('run_type', 'train');
  }
  console.log('Training done');
}

/** Leaves the model as the step's output and, for the registry to find it, with the step's run. */
async function keepModel(
  { model_name: modelName, step_output: folder }: Flags,
  run: ActiveRun,
  model: FittedLinearModel,
  { featureNames, train }: SplitData,
): Promise<void> {
  const artifactPath = `outputs/${modelName}`;
  await saveModel(folder, {
    model,
    columnNames: featureNames,
    targetName: targetColumn,
    inputExample: [[...train.x.values.subarray(0, train.x.columnCount)]],
    artifactPath,
    overwrite: true,
    ...(!run.offline && { runId: run.id }),
  });
  console.log(`Model saved in ${folder}`);
  await run.logArtifacts(folder, artifactPath);
}

if (import.meta.main) await runStep(() => trainStep(readFlags(flagNames), currentRun()));
