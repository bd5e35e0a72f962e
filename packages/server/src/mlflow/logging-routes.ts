// MLflow's routes for what is logged to a run: metrics, params, tags, the data it used.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { assertMayWriteRun, steps } from '../auth/access.ts';
import { runIdOf } from './run-routes.ts';
import {
  fromWireNumber,
  MetricPoint,
  Milliseconds,
  Tag,
  toWireMetric,
  toWirePage,
  WireNumber,
} from './wire.ts';

const runRef = {
  run_id: Type.Optional(Type.String()),
  run_uuid: Type.Optional(Type.String()),
};
const LogMetric = Type.Object({
  ...runRef,
  key: Type.String(),
  value: WireNumber,
  timestamp: Type.Optional(Milliseconds),
  step: Type.Optional(Type.Integer()),
});
const LogText = Type.Object({ ...runRef, key: Type.String(), value: Type.String() });
const DeleteTag = Type.Object({ ...runRef, key: Type.String() });
const LogBatch = Type.Object({
  ...runRef,
  metrics: Type.Optional(Type.Array(MetricPoint)),
  params: Type.Optional(Type.Array(Tag)),
  tags: Type.Optional(Type.Array(Tag)),
});
const LogInputs = Type.Object({
  ...runRef,
  datasets: Type.Optional(
    Type.Array(
      Type.Object({
        tags: Type.Optional(Type.Array(Tag)),
        dataset: Type.Object({
          name: Type.String(),
          digest: Type.String(),
          source_type: Type.String(),
          source: Type.String(),
          schema: Type.Optional(Type.String()),
          profile: Type.Optional(Type.String()),
        }),
      }),
    ),
  ),
});
const History = Type.Object({
  ...runRef,
  metric_key: Type.String(),
  max_results: Type.Optional(Type.Integer()),
  page_token: Type.Optional(Type.String()),
});

export function loggingRoutes(workspace: Workspace): FastifyPluginAsyncTypebox {
  const { runs } = workspace;
  return async (app) => {
    app.post(
      '/runs/log-metric',
      { ...steps, schema: { tags: ['mlflow'], body: LogMetric } },
      async (request) => {
        const { run_id, run_uuid, value, ...metric } = request.body;
        const runId = runIdOf({ run_id, run_uuid });
        await assertMayWriteRun(workspace, request, runId);
        await runs.logMetric(runId, { ...metric, value: fromWireNumber(value) });
        return {};
      },
    );

    app.post(
      '/runs/log-parameter',
      { ...steps, schema: { tags: ['mlflow'], body: LogText } },
      async (request) => {
        const runId = runIdOf(request.body);
        await assertMayWriteRun(workspace, request, runId);
        await runs.logParam(runId, request.body.key, request.body.value);
        return {};
      },
    );

    app.post(
      '/runs/set-tag',
      { ...steps, schema: { tags: ['mlflow'], body: LogText } },
      async (request) => {
        const runId = runIdOf(request.body);
        await assertMayWriteRun(workspace, request, runId);
        await runs.setTag(runId, request.body.key, request.body.value);
        return {};
      },
    );

    app.post(
      '/runs/delete-tag',
      { ...steps, schema: { tags: ['mlflow'], body: DeleteTag } },
      async (request) => {
        const runId = runIdOf(request.body);
        await assertMayWriteRun(workspace, request, runId);
        await runs.deleteTag(runId, request.body.key);
        return {};
      },
    );

    app.post(
      '/runs/log-batch',
      { ...steps, schema: { tags: ['mlflow'], body: LogBatch } },
      async (request) => {
        const { metrics = [], params = [], tags = [] } = request.body;
        const runId = runIdOf(request.body);
        await assertMayWriteRun(workspace, request, runId);
        const points = metrics.map((metric) => ({
          ...metric,
          value: fromWireNumber(metric.value),
        }));
        await runs.logBatch(runId, { metrics: points, params, tags });
        return {};
      },
    );

    app.post(
      '/runs/log-inputs',
      { ...steps, schema: { tags: ['mlflow'], body: LogInputs } },
      async (request) => {
        const runId = runIdOf(request.body);
        await assertMayWriteRun(workspace, request, runId);
        const inputs = request.body.datasets ?? [];
        await runs.logInputs(
          runId,
          inputs.map(({ dataset, tags = [] }) => ({ dataset, tags })),
        );
        return {};
      },
    );

    app.get(
      '/metrics/get-history',
      { ...steps, schema: { tags: ['mlflow'], querystring: History } },
      async ({ query }) => {
        const page = await runs.metricHistory(runIdOf(query), query.metric_key, {
          ...(query.max_results !== undefined && { maxResults: query.max_results }),
          ...(query.page_token !== undefined && { pageToken: query.page_token }),
        });
        return toWirePage('metrics', { ...page, items: page.items.map(toWireMetric) });
      },
    );
  };
}
