// The pipeline step that registers: makes the trained model the next version of its name.

import {
  type ActiveRun,
  clientFromEnvironment,
  currentRun,
  type MlflowModelVersion,
} from '@ridgeline/client';
import { loadModel, type ModelInfo } from '@ridgeline/learn/model-folder';
import { type EvaluationReport, readReport } from '../evaluate/evaluation-report.ts';
import { readFlags } from '../shared/flags.ts';
import { type RegistrationParameters, registrationParameters } from '../shared/parameters.ts';
import { ProjectError } from '../shared/project-error.ts';
import { runStep } from '../shared/run-step.ts';
import { modelTags } from './model-tags.ts';
import { type Models, registerOnce } from './register-model.ts';

const flagNames = ['model_name', 'step_input', 'evaluation_input'] as const;
type Flags = Readonly<Record<(typeof flagNames)[number], string>>;

export interface RegisterContext {
  readonly run: ActiveRun;
  readonly models: Models;
  readonly parameters: RegistrationParameters;
}

export async function registerStep(flags: Flags, context: RegisterContext): Promise<void> {
  const { run, models, parameters } = context;
  const report = await readReport(flags.evaluation_input);
  console.log(`Loading model from ${flags.step_input}`);
  const info = await findModel(flags.step_input);
  if (info === null) {
    const reason = 'Model not found. Skipping model registration.';
    console.log(reason);
    return await setVerdict(run, report, { outcome: 'failed', model: null, reason });
  }
  const pipelineRun = run.parent ?? run;
  const version = await registerOnce(models, pipelineRun.id, {
    name: flags.model_name,
    source: sourceOf(info, flags.step_input),
    tags: await modelTags(pipelineRun, parameters.tags),
    description: `Trained by run ${pipelineRun.id} of ${pipelineRun.experimentName}`,
    ...(info.runId !== null && { runId: info.runId }),
  }).catch((error: unknown) => {
    console.log('Model registration failed');
    throw error;
  });
  console.log(
    `Model registered: ${version.name} \nModel Description: ${version.description ?? ''} \n` +
      `Model Version: ${version.version}`,
  );
  await setVerdict(run, report, { outcome: 'registered', ...verdictOf(version, report) });
}

function verdictOf({ name, version }: MlflowModelVersion, { reason }: EvaluationReport) {
  return { model: { name, version }, reason };
}

async function setVerdict(
  run: ActiveRun,
  { metric, newValue, productionValue }: EvaluationReport,
  end: Pick<Parameters<ActiveRun['setVerdict']>[0], 'outcome' | 'model' | 'reason'>,
): Promise<void> {
  await run.setVerdict({ metric, newValue, productionValue, ...end });
}

/** What the model folder says of itself; null where there is no model. */
async function findModel(folder: string): Promise<ModelInfo | null> {
  try {
    return (await loadModel(folder)).info;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODEL_NOT_FOUND') return null;
    throw error;
  }
}

/** The model as an artifact of the run that trained it. */
function sourceOf({ runId, artifactPath }: ModelInfo, folder: string): string {
  if (runId !== null && artifactPath !== null) return `runs:/${runId}/${artifactPath}`;
  throw new ProjectError(
    'MODEL_HAS_NO_RUN',
    `the model in ${folder} was trained outside a run, so nothing keeps its files; train it in a job`,
  );
}

if (import.meta.main) {
  await runStep(async () => {
    const flags = readFlags(flagNames);
    const { models } = clientFromEnvironment();
    await registerStep(flags, { run: currentRun(), models, parameters: registrationParameters() });
  });
}
