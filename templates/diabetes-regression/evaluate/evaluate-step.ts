// The pipeline step that evaluates: compares the new model with the one in production, and ends
// the pipeline where the new one is not better and the pipeline may be cancelled.

import {
  type ActiveRun,
  clientFromEnvironment,
  currentRun,
  type MlflowModelVersion,
  type RidgelineClient,
  toMap,
} from '@ridgeline/client';
import { isTrue, readFlags } from '../shared/flags.ts';
import { type EvaluationParameters, evaluationParameters } from '../shared/parameters.ts';
import { runStep } from '../shared/run-step.ts';
import { evaluate } from './evaluate.ts';
import { type EvaluationReport, writeReport } from './evaluation-report.ts';

const flagNames = [
  'model_name',
  'step_input',
  'run_evaluation',
  'allow_run_cancel',
  'step_output',
] as const;
type Flags = Readonly<Record<(typeof flagNames)[number], string>>;

const goesOn =
  'allow_run_cancel is not true, so the run goes on and registers the model all the same.';

export interface EvaluateContext {
  readonly run: ActiveRun;
  readonly models: Pick<RidgelineClient['models'], 'latestVersion'>;
  readonly parameters: EvaluationParameters;
}

export async function evaluateStep(flags: Flags, context: EvaluateContext): Promise<void> {
  const { run, models, parameters } = context;
  const { metric } = parameters;
  const pipelineRun = run.parent ?? run;
  const newValue = await pipelineRun.getMetric(metric);
  if (!isTrue(flags.run_evaluation)) {
    const reason = 'Exclude evaluation step and directly run register step.';
    console.log(reason);
    const skipped = {
      decision: 'skipped',
      metric,
      newValue,
      productionValue: null,
      reason,
    } as const;
    return await writeReport(flags.step_output, skipped);
  }
  console.log('Include evaluation step before register step.');
  console.log(`Evaluating the model in ${flags.step_input} by ${metric}`);
  const latest = await models.latestVersion(flags.model_name, {
    experiment_name: run.experimentName,
  });
  const productionValue = metricOf(latest, metric);
  const production = latest && { version: latest.version, value: productionValue };
  const { decision, shouldRegister, messages } = evaluate({ ...parameters, newValue, production });
  const mayCancel = isTrue(flags.allow_run_cancel);
  const told = shouldRegister || mayCancel ? messages : [...messages, goesOn];
  for (const message of told) console.log(message);
  const reason = told.join('. ').replaceAll('.. ', '. ');
  const report = { decision, metric, newValue, productionValue, reason };
  await writeReport(flags.step_output, report);
  if (!shouldRegister && mayCancel) await stop(run, report, latest);
}

/** Ends the pipeline, having said why first: the cancellation also ends this step. */
async function stop(
  run: ActiveRun,
  report: EvaluationReport,
  latest: MlflowModelVersion | null,
): Promise<void> {
  const { decision, metric, newValue, productionValue, reason } = report;
  await run.setVerdict({
    outcome: decision === 'not_better' ? 'not_better' : 'failed',
    metric,
    newValue,
    productionValue,
    model: latest && { name: latest.name, version: latest.version },
    reason,
  });
  await run.cancel(reason);
  console.log('The run is cancelled.');
}

/** The metric among a version's tags; null where it is absent or no number. */
function metricOf(version: MlflowModelVersion | null, metric: string): number | null {
  const tag = toMap(version?.tags).get(metric)?.trim();
  const value = Number(tag || Number.NaN);
  return Number.isFinite(value) ? value : null;
}

if (import.meta.main) {
  await runStep(async () => {
    const flags = readFlags(flagNames);
    const { models } = clientFromEnvironment();
    await evaluateStep(flags, { run: currentRun(), models, parameters: evaluationParameters() });
  });
}
