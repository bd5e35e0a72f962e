// A request of a server task; where no answer comes at all, the failure says from where.

import { TaskFailure } from '../task-outcome.ts';
import type { ServerRequest, ServerResponse, ServerTaskContext } from './server-task.ts';

export async function sendRequest(
  context: Pick<ServerTaskContext, 'host' | 'signal'>,
  request: ServerRequest,
): Promise<ServerResponse> {
  try {
    return await context.host.request(request, context.signal);
  } catch (error) {
    if (context.signal.aborted) throw error;
    throw new TaskFailure(`${request.method} ${request.url} got no answer: ${causeOf(error)}`);
  }
}

/** HTTP clients wrap what the network said. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
