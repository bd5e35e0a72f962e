// MLPublishedPipelineRestAPITask: starts a published machine-learning pipeline over its REST
// endpoint and waits for its end, holding no agent meanwhile.

import { connectionOf } from '../connection-of.ts';
import { plainText } from '../plain-text.ts';
import type { ServerTask } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { authorizationOf } from './bearer-token.ts';
import { pipelineRunsUrl } from './pipeline-runs-url.ts';
import {
  PipelineService,
  parseObject,
  type RunStatus,
  ServiceUnavailable,
} from './pipeline-service.ts';
import type { ServerTaskContext } from './server-task.ts';

/** The first waits are short, for pipelines that reuse everything; later ones spare the service. */
const firstWaitMs = 500;
const longerBy = 1.25;
const longestWaitMs = 15_000;
/** A run of hours is not given up for a service that restarts. */
const maxUnansweredInARow = 20;

export const publishedPipelineTask: ServerTask = {
  name: 'MLPublishedPipelineRestAPITask',
  ids: [
    'ms-air-aiagility.vss-services-azureml.azureml-restApi-task.MLPublishedPipelineRestAPITask',
  ],
  versions: [0, 1],
  runsOn: 'server',
  inputs: [
    input.connection('connectedServiceName', {
      aliases: ['azureSubscription'],
      required: true,
    }),
    input.text('PipelineId', { required: true }),
    input.text('ExperimentName'),
    input.lines('PipelineParameters'),
  ],
  async run(context) {
    const connection = await connectionOf(context, 'connectedServiceName');
    const runs = pipelineRunsUrl(connection);
    const pipeline = context.requiredInput('PipelineId');
    const body = bodyOf(context);
    const authorization = await authorizationOf(context, connection);
    const service = new PipelineService(context, runs, authorization);
    const run = await service.submit(pipeline, body);
    context.log(plainText(`Started run ${run} of the published pipeline ${pipeline}`));
    try {
      return await waitForEnd(context, service, run);
    } catch (error) {
      if (context.signal.aborted) await service.cancel(run);
      throw error;
    }
  },
};

/** The parameters are the inside of a JSON object, with or without its braces. */
function bodyOf(context: ServerTaskContext): string {
  const text = (context.input('PipelineParameters') ?? '').trim().replace(/,$/, '');
  const parameters =
    (text.startsWith('{') ? parseObject(text) : undefined) ?? parseObject(`{${text}}`);
  if (parameters === undefined) {
    throw new TaskFailure(
      `'PipelineParameters' is no JSON: ${text.slice(0, 200)}. Expected as "ParameterAssignments": {"name": "value"}`,
    );
  }
  const experiment = context.input('ExperimentName');
  const named = experiment === undefined ? {} : { ExperimentName: experiment };
  return JSON.stringify({ ...named, ...parameters });
}

async function waitForEnd(
  context: ServerTaskContext,
  service: PipelineService,
  run: string,
): Promise<TaskOutcome> {
  let before = '';
  let unanswered = 0;
  for (let wait = firstWaitMs; ; wait = Math.min(wait * longerBy, longestWaitMs)) {
    const status = await tryStatus(service, run);
    unanswered = status instanceof ServiceUnavailable ? unanswered + 1 : 0;
    if (!(status instanceof ServiceUnavailable)) {
      if (status.state !== before) context.log(plainText(`Run ${run} is ${status.state}`));
      before = status.state;
      const outcome = outcomeOf(run, status);
      if (outcome !== undefined) return outcome;
    } else if (unanswered > maxUnansweredInARow) throw status;
    await context.host.sleep(wait, context.signal);
  }
}

async function tryStatus(
  service: PipelineService,
  run: string,
): Promise<RunStatus | ServiceUnavailable> {
  try {
    return await service.status(run);
  } catch (error) {
    if (error instanceof ServiceUnavailable) return error;
    throw error;
  }
}

/** Undefined while it goes on. */
function outcomeOf(run: string, { state, detail }: RunStatus): TaskOutcome | undefined {
  const why = detail === '' ? '' : `: ${detail}`;
  if (state === 'Finished') return succeeded;
  if (state === 'Failed') return failed(`The run ${run} failed${why}`);
  if (state === 'Canceled') return failed(`The run ${run} was canceled${why}`);
  return undefined;
}
