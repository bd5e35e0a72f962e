// MLflow's routes for what is logged to a run: metrics, params, tags, the data it used.
import type { RootWrite } from '@ridgeline/jobs';
import type { Workspace } from '@ridgeline/workspace';
import Type, { type Static, type TObject } from 'typebox';
import { assertMayNameParents, assertMayWriteRun } from '../auth/own-runs.ts';
import { type Touch, touch } from '../auth/touch.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofLoggedModel, ofRun } from './mlflow-touches.ts';
import { modelOf } from './model-json.ts';
import {
  metricFields,
  Pair,
  Pairs,
  type RunRef,
  runIdOf,
  runRef,
  toNewMetric,
  toNumber,
  toPairs,
  WholeNumber,
} from './wire.ts';

const LogBatch = Type.Object({
  ...runRef,
  metrics: Type.Optional(Type.Array(Type.Object(metricFields))),
  params: Pairs,
  tags: Pairs,
});
const Dataset = Type.Object({
  name: Type.String(),
  digest: Type.String(),
  source_type: Type.String(),
  source: Type.String(),
  schema: Type.Optional(Type.String()),
  profile: Type.Optional(Type.String()),
});
const LogInputs = Type.Object({
  ...runRef,
  datasets: Type.Optional(Type.Array(Type.Object({ dataset: Dataset, tags: Pairs }))),
  models: Type.Optional(Type.Array(Type.Object({ model_id: Type.String() }))),
});
const ModelOutput = Type.Object({
  model_id: Type.String(),
  step: Type.Optional(WholeNumber),
});
const KeyAndValue = Type.Object({ ...runRef, ...Pair.properties });

/** The schema and the profile of a dataset may be long: 1 MiB and 16 MiB are MLflow's limits. */
const inputsLimitBytes = 32 * 1024 * 1024;

/** What a step writes on the root run of its job is noted, as it belongs to the step's result. */
export interface RootWrites {
  noteRootWrite(stepRunId: string, write: RootWrite): Promise<void>;
}

export function logRoutes(workspace: Workspace, jobs: RootWrites): readonly MlflowRoute[] {
  const { runs } = workspace;

  const logRoute = <Input extends TObject>(
    name: string,
    summary: string,
    input: Input,
    write: (runId: string, body: Static<Input>) => Promise<void>,
    rootWrite?: (body: Static<Input>) => RootWrite,
    others: readonly Touch[] = [],
  ) =>
    mlflowRoute({
      method: 'POST',
      path: `runs/${name}`,
      access: 'contributorOrStep',
      touches: [ofRun('update'), ...others],
      summary,
      input,
      handle: async (sent, { principal }) => {
        const body = sent as Static<Input>;
        const runId = runIdOf(body as Static<typeof RunRef>);
        await assertMayWriteRun(workspace, principal, runId);
        const written = principal?.kind === 'step' ? rootWrite?.(body) : undefined;
        await assertMayNameParents(workspace, principal, written?.tags ?? []);
        await write(runId, body);
        if (written !== undefined && principal?.kind === 'step' && principal.jobId === runId) {
          await jobs.noteRootWrite(principal.runId, written);
        }
      },
    });

  return [
    logRoute(
      'log-metric',
      'Log one point of a metric',
      Type.Object({ ...runRef, ...metricFields }),
      (runId, body) => runs.logMetric(runId, toNewMetric(body)),
      (body) => ({ metrics: [toNewMetric(body)] }),
      [ofLoggedModel('update')],
    ),
    logRoute(
      'log-parameter',
      'Log a param, which is written once',
      KeyAndValue,
      (runId, { key, value = '' }) => runs.logParam(runId, key, value),
      ({ key, value = '' }) => ({ params: [{ key, value }] }),
    ),
    logRoute(
      'set-tag',
      'Set a tag of a run',
      KeyAndValue,
      (runId, { key, value = '' }) => runs.setTag(runId, key, value),
      ({ key, value = '' }) => ({ tags: [{ key, value }] }),
    ),
    logRoute(
      'delete-tag',
      'Delete a tag of a run',
      Type.Object({ ...runRef, key: Type.String() }),
      (runId, { key }) => runs.deleteTag(runId, key),
      ({ key }) => ({ deletedTag: key }),
    ),
    logRoute(
      'log-batch',
      'Log metrics, params and tags, all of them or none',
      LogBatch,
      (runId, { metrics = [], params, tags }) =>
        runs.logBatch(runId, {
          metrics: metrics.map(toNewMetric),
          params: toPairs(params),
          tags: toPairs(tags),
        }),
      ({ metrics = [], params, tags }) => ({
        metrics: metrics.map(toNewMetric),
        params: toPairs(params),
        tags: toPairs(tags),
      }),
      [touch('update', 'loggedModel', 'metrics.model_id')],
    ),
    {
      ...logRoute(
        'log-inputs',
        'Note which data and which logged models a run has used',
        LogInputs,
        (runId, { datasets = [], models = [] }) =>
          runs.logInputs(
            runId,
            datasets.map(({ dataset, tags }) => ({ dataset, tags: toPairs(tags) })),
            models.map(({ model_id: modelId }) => modelId),
          ),
        undefined,
        [touch('read', 'loggedModel', 'models.model_id')],
      ),
      bodyLimitBytes: inputsLimitBytes,
    },
    logRoute(
      'log-model',
      'Note a model that a run has logged, as clients before 3.0 do',
      Type.Object({ ...runRef, model_json: Type.String() }),
      (runId, { model_json }) => runs.recordModel(runId, modelOf(model_json)),
    ),
    logRoute(
      'outputs',
      'Note which logged models a run has made',
      Type.Object({ ...runRef, models: Type.Optional(Type.Array(ModelOutput)) }),
      (runId, { models = [] }) =>
        runs.logOutputs(
          runId,
          models.map(({ model_id: modelId, step }) => ({ modelId, step: toNumber(step) })),
        ),
      undefined,
      [touch('update', 'loggedModel', 'models.model_id')],
    ),
  ];
}
