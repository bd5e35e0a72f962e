// The pipeline step `register_model`: chooses the best run, registers its model, and puts it behind the
// endpoint, which it makes or updates.

import {
  type ActiveRun,
  clientFromEnvironment,
  currentRun,
  type MlflowModelVersion,
} from '@ridgeline/client';
import { loadModel } from '@ridgeline/learn/model-folder';
import { deployService, type Endpoints } from '../deployment/deploy-service.ts';
import { readFlags } from '../shared/flags.ts';
import { ProjectError } from '../shared/project-error.ts';
import { runStep } from '../shared/run-step.ts';
import { type BestRun, chooseBestRun, readMetrics } from './choose-best-run.ts';
import { modelTags } from './model-tags.ts';
import { type Models, registerOnce } from './register-model.ts';

const flagNames = [
  'model_name',
  'metrics_data',
  'best_model',
  'primary_metric',
  'aciservice_name',
] as const;
type Flags = Readonly<Record<(typeof flagNames)[number], string>>;

export interface RegisterContext {
  readonly run: ActiveRun;
  readonly models: Models;
  readonly endpoints: Endpoints;
}

export async function registerStep(flags: Flags, context: RegisterContext): Promise<void> {
  const { run, models, endpoints } = context;
  for (const name of flagNames) console.log(`${name}: ${flags[name]}`);
  const best = chooseBestRun(await readMetrics(flags.metrics_data), flags.primary_metric);
  console.log(`best_runid: ${best.runId}`);

  const pipelineRun = run.parent ?? run;
  const version = await registerOnce(models, pipelineRun.id, {
    name: flags.model_name,
    source: await sourceOf(flags.best_model),
    tags: await modelTags(pipelineRun, best),
    description: `Found by run ${pipelineRun.id} of ${pipelineRun.experimentName}`,
    runId: best.runId,
  });
  console.log(`Registered version ${version.version} of model ${version.name}`);
  await deployService(endpoints, flags.aciservice_name, version);
  await setVerdict(run, version, best);
}

/** The model as an artifact of the step that has found it. */
async function sourceOf(folder: string): Promise<string> {
  const { info } = await loadModel(folder);
  if (info.runId !== null && info.artifactPath !== null) {
    return `runs:/${info.runId}/${info.artifactPath}`;
  }
  throw new ProjectError(
    'MODEL_HAS_NO_RUN',
    `the model in ${folder} was found outside a run, so nothing keeps its files; search in a job`,
  );
}

async function setVerdict(
  run: ActiveRun,
  { name, version }: MlflowModelVersion,
  { metric, value: newValue }: BestRun,
): Promise<void> {
  await run.setVerdict({
    outcome: 'registered',
    model: { name, version },
    metric,
    newValue,
    productionValue: null,
    reason: `the best of the search by ${metric}`,
  });
}

if (import.meta.main) {
  await runStep(async () => {
    const flags = readFlags(flagNames);
    const { models, endpoints } = clientFromEnvironment();
    await registerStep(flags, { run: currentRun(), models, endpoints });
  });
}
