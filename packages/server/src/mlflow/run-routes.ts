// MLflow's routes of runs: begun, changed, found.
import { parentRunTag, type RunStatus, type Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import type { Principal } from '../auth/access.ts';
import { assertMayNameParents, assertMayWriteRun } from '../auth/own-runs.ts';
import { shownExperiments } from '../auth/shown-to.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofExperiment, ofRun } from './mlflow-touches.ts';
import {
  Pairs,
  RunRef,
  runIdOf,
  runRef,
  searchFields,
  toNumber,
  toPairs,
  toSearch,
  toWirePage,
  toWireRun,
  ViewType,
  WholeNumber,
} from './wire.ts';

const statuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] satisfies RunStatus[];

const Create = Type.Object({
  experiment_id: Type.Optional(Type.String()),
  run_name: Type.Optional(Type.String()),
  user_id: Type.Optional(Type.String()),
  start_time: Type.Optional(WholeNumber),
  tags: Pairs,
});
const Update = Type.Object({
  ...runRef,
  status: Type.Optional(Type.Enum(statuses)),
  end_time: Type.Optional(WholeNumber),
  run_name: Type.Optional(Type.String()),
});
const Search = Type.Object({
  ...searchFields,
  experiment_ids: Type.Optional(Type.Array(Type.String())),
  run_view_type: Type.Optional(ViewType),
});

/** Into it goes what clients log that never chose one. */
const defaultExperimentId = '0';

export function runRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { runs } = workspace;
  return [
    mlflowRoute({
      method: 'POST',
      path: 'runs/create',
      access: 'contributorOrStep',
      touches: [{ ...ofExperiment('update'), otherwise: defaultExperimentId }],
      summary: 'Begin a run; one that a step begins is a child of its own, if it names no other',
      input: Create,
      handle: async (body, { principal }) => {
        const tags = toPairs(body.tags);
        await assertMayNameParents(workspace, principal, tags);
        const isNamed = tags.some(({ key }) => key === parentRunTag);
        const run = await runs.create({
          experimentId: body.experiment_id ?? defaultExperimentId,
          runName: body.run_name,
          userId: body.user_id,
          startTime: toNumber(body.start_time),
          tags,
          parentRunId: isNamed ? undefined : runOf(principal),
        });
        return { run: toWireRun(run) };
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'runs/get',
      access: 'readerOrStep',
      touches: [ofRun('read')],
      summary: 'A run with what was logged to it',
      input: RunRef,
      handle: async (query) => ({ run: toWireRun(await runs.get(runIdOf(query))) }),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'runs/update',
      access: 'contributorOrStep',
      touches: [ofRun('update')],
      summary: 'Change the status, the end or the name of a run',
      input: Update,
      handle: async (body, { principal }) => {
        const runId = runIdOf(body);
        await assertMayWriteRun(workspace, principal, runId);
        const { status, end_time, run_name: runName } = body;
        const run = await runs.update(runId, { status, endTime: toNumber(end_time), runName });
        return { run_info: run.info };
      },
    }),
    mlflowRoute({
      method: 'POST',
      path: 'runs/search',
      access: 'readerOrStep',
      touches: 'leavesOut',
      summary: 'Find runs by what was logged to them',
      input: Search,
      handle: async (
        { experiment_ids: ids = [], run_view_type: viewType, ...search },
        { principal },
      ) => {
        const experimentIds = await shownExperiments(workspace, principal, ids);
        const page = await runs.search({ ...toSearch(search), experimentIds, viewType });
        return toWirePage('runs', { ...page, items: page.items.map(toWireRun) });
      },
    }),
    mlflowRoute({
      method: 'POST',
      path: 'runs/delete',
      access: 'contributor',
      touches: [ofRun('delete')],
      summary: 'Hide a run',
      input: RunRef,
      handle: async (body) => runs.delete(runIdOf(body)),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'runs/restore',
      access: 'contributor',
      touches: [ofRun('delete')],
      summary: 'Show a deleted run again',
      input: RunRef,
      handle: async (body) => runs.restore(runIdOf(body)),
    }),
  ];
}

function runOf(principal: Principal | null): string | undefined {
  return principal?.kind === 'step' ? principal.runId : undefined;
}
