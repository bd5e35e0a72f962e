// MLflow's routes of runs: begun, changed, found.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { assertMayWriteRun, steps } from '../auth/access.ts';
import { ServerError } from '../errors/server-error.ts';
import {
  Milliseconds,
  searchFields,
  Tags,
  toSearch,
  toWirePage,
  toWireRun,
  ViewType,
} from './wire.ts';

const Create = Type.Object({
  experiment_id: Type.Optional(Type.String()),
  run_name: Type.Optional(Type.String()),
  user_id: Type.Optional(Type.String()),
  start_time: Type.Optional(Milliseconds),
  tags: Tags,
});
const Status = Type.Union(
  (['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const).map((status) =>
    Type.Literal(status),
  ),
);
/** Old clients send `run_uuid`. */
const RunRef = Type.Object({
  run_id: Type.Optional(Type.String()),
  run_uuid: Type.Optional(Type.String()),
});
const Update = Type.Object({
  run_id: Type.Optional(Type.String()),
  run_uuid: Type.Optional(Type.String()),
  status: Type.Optional(Status),
  end_time: Type.Optional(Milliseconds),
  run_name: Type.Optional(Type.String()),
});
const Search = Type.Object({
  ...searchFields,
  experiment_ids: Type.Optional(Type.Array(Type.String())),
  run_view_type: ViewType,
  order_by: Type.Optional(Type.Array(Type.String())),
});

const defaultExperimentId = '0';

export function runRoutes(workspace: Workspace): FastifyPluginAsyncTypebox {
  const { runs } = workspace;
  return async (app) => {
    app.post(
      '/runs/create',
      { ...steps, schema: { tags: ['mlflow'], body: Create } },
      async ({ body, principal }) => {
        const { run_name: runName, user_id: userId, start_time: startTime, tags = [] } = body;
        // A run that a step begins belongs to the step's own run, unless it says otherwise.
        const hasParent = tags.some(({ key }) => key === 'mlflow.parentRunId');
        const isChild = principal?.kind === 'step' && !hasParent;
        const run = await runs.create({
          experimentId: body.experiment_id ?? defaultExperimentId,
          tags,
          ...(runName !== undefined && { runName }),
          ...(userId !== undefined && { userId }),
          ...(startTime !== undefined && { startTime }),
          ...(isChild && { parentRunId: principal.runId }),
        });
        return { run: toWireRun(run) };
      },
    );

    app.post(
      '/runs/update',
      { ...steps, schema: { tags: ['mlflow'], body: Update } },
      async (request) => {
        const { status, end_time: endTime, run_name: runName } = request.body;
        const runId = runIdOf(request.body);
        await assertMayWriteRun(workspace, request, runId);
        const run = await runs.update(runId, {
          ...(status !== undefined && { status }),
          ...(endTime !== undefined && { endTime }),
          ...(runName !== undefined && { runName }),
        });
        return { run_info: run.info };
      },
    );

    app.get(
      '/runs/get',
      { ...steps, schema: { tags: ['mlflow'], querystring: RunRef } },
      async ({ query }) => ({ run: toWireRun(await runs.get(runIdOf(query))) }),
    );

    app.post('/runs/delete', { schema: { tags: ['mlflow'], body: RunRef } }, async ({ body }) => {
      await runs.delete(runIdOf(body));
      return {};
    });

    app.post('/runs/restore', { schema: { tags: ['mlflow'], body: RunRef } }, async ({ body }) => {
      await runs.restore(runIdOf(body));
      return {};
    });

    app.post(
      '/runs/search',
      { ...steps, schema: { tags: ['mlflow'], body: Search } },
      async ({ body }) => {
        const { experiment_ids: experimentIds = [], run_view_type: viewType, ...rest } = body;
        const page = await runs.search({
          ...toSearch(rest),
          experimentIds,
          ...(viewType !== undefined && { viewType }),
        });
        return toWirePage('runs', { ...page, items: page.items.map(toWireRun) });
      },
    );
  };
}

/** @throws ServerError INVALID_PARAMETER_VALUE where the request names no run */
export function runIdOf(body: {
  readonly run_id?: string | undefined;
  readonly run_uuid?: string | undefined;
}): string {
  const runId = body.run_id || body.run_uuid;
  if (runId) return runId;
  throw new ServerError('INVALID_PARAMETER_VALUE', "Missing value for required parameter 'run_id'");
}
