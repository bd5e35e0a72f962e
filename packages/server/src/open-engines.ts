// The engines of a server: what opens them, what starts and stops them together, and what they tell
// each other. When they run, the engine keeper says.
import { type Build, Delivery } from '@ridgeline/delivery';
import { openEndpointManager } from '@ridgeline/endpoints';
import { JobEngine, PublishedPipelines, Schedules } from '@ridgeline/jobs';
import type { Workspace } from '@ridgeline/workspace';
import { defaultWorkspaceName } from './azureml/addresses.ts';
import type { Engines } from './engine-keeper.ts';
import type { ServerContext } from './server-context.ts';
import type { ServerOptions } from './start-server.ts';

type EngineOptions = Pick<
  ServerOptions,
  'slots' | 'agentLeaseMs' | 'publicUrl' | 'azFolder' | 'workspaceName'
>;

export async function openEngines(
  workspace: Workspace,
  { slots, agentLeaseMs, publicUrl, azFolder, workspaceName = defaultWorkspaceName }: EngineOptions,
  url: () => string,
  report: (details: object) => void,
): Promise<ServerContext> {
  const jobs = await JobEngine.open(workspace, {
    trackingUrl: url,
    onInternalError: (jobId, error) => report({ jobId, err: error }),
    limits: slots === undefined ? {} : { slots },
  });
  const endpoints = await openEndpointManager(workspace, {
    publicUrl: url,
    onError: (error) => report({ err: error }),
  });
  const pipelines = await PublishedPipelines.open(workspace, jobs);
  const schedules = await Schedules.open({
    workspace,
    jobs,
    pipelines,
    onInternalError: (schedule, error) => report({ schedule, err: error }),
  });
  const delivery = await Delivery.open(workspace, {
    serverUrl: url,
    onInternalError: (about, error) => report({ delivery: about, err: error }),
    onEnded: (build) => tellSchedules(schedules, build),
    ...(azFolder !== undefined && { azFolder }),
    ...(slots !== undefined && { slots }),
    ...(agentLeaseMs !== undefined && { agentLeaseMs }),
  });
  return { workspace, jobs, endpoints, pipelines, schedules, delivery, workspaceName, publicUrl };
}

export function enginesOf(context: ServerContext, report: (details: object) => void): Engines {
  const { workspace, endpoints, jobs, schedules, delivery } = context;
  return {
    async start() {
      await endpoints.start();
      await jobs.start();
      await schedules.start();
      await delivery.start();
      workspace.webhooks.start({ onFailure: report });
    },
    async stop(isLost) {
      await workspace.webhooks.stop();
      await delivery.stop();
      await schedules.stop();
      await jobs.stop();
      // Else they answer for as long as the server does.
      if (isLost) await endpoints.stop();
    },
  };
}

const statusOf = {
  succeeded: 'succeeded',
  succeededWithIssues: 'partiallySucceeded',
  failed: 'failed',
  canceled: 'canceled',
  // All of it was left out, so there is nothing to follow.
  skipped: null,
} as const;

/** For those that wait for builds. */
async function tellSchedules(schedules: Schedules, build: Build): Promise<void> {
  const { id, pipelineName: name, result } = build;
  const status = result === null ? null : statusOf[result];
  if (status === null) return;
  const branch = build.branch.replace(/^refs\/heads\//, '');
  await schedules.noteEvent({ kind: 'build', id, name, status, branch });
}
