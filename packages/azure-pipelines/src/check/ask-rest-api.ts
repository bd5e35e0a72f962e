// Asks the API that a check names. The request, and how its answer is judged, are those of the task
// InvokeRESTAPI.
import { invokeRestApi } from '../task/server/invoke-rest-api.ts';
import type { ServerTaskHost } from '../task/server/server-task.ts';
import { runServerTask, serverTaskContext } from '../task/task-context.ts';
import type { InvokeRestApi } from './environment-check.ts';

/** An API that says nothing for so long says no. */
const answerMs = 60_000;

/** Null where it answers well; else why not. */
export async function askRestApi(
  { connection, method, urlSuffix, headers, body, successCriteria }: InvokeRestApi,
  host: ServerTaskHost,
  over: AbortSignal,
): Promise<string | null> {
  const inputs = {
    serviceConnection: connection,
    method,
    urlSuffix,
    headers,
    body,
    successCriteria,
  };
  const signal = AbortSignal.any([over, AbortSignal.timeout(answerMs)]);
  // It knows no variables, and prints nothing that would have to be masked.
  const variables = { get: () => undefined, isSecret: () => false, addSecret: () => {} };
  const runtime = { host, variables, signal, log: () => {} };
  const context = serverTaskContext(invokeRestApi, new Map(Object.entries(inputs)), runtime);
  const { result, message } = await runServerTask(invokeRestApi, context);
  if (result === 'succeeded') return null;
  return message ?? 'no answer came in time';
}
