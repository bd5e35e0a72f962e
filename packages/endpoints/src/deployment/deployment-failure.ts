// What is said about a deployment that failed: the cause in one line, and its own log's tail.

import type { EndpointFailure } from '../endpoint/endpoint.ts';
import { readLogTail } from '../instance/instance-log.ts';
import type { DeploymentRecord } from '../store/endpoint-record.ts';

/** As much of a log as helps to see why an instance failed. */
const tailBytes = 4_000;

/** Written to the log before each start, so that the tail can be cut to the last one. */
export const startNote = 'ridgeline | starting the scoring process';

export async function startFailure(
  deployment: DeploymentRecord,
  reason: string,
  logPath: string,
): Promise<EndpointFailure> {
  const details = await lastRun(logPath);
  const message = `${subject(deployment)} could not be started: ${reason}${ownWords(details)}`;
  return { code: 'DEPLOYMENT_START_FAILED', message, details };
}

export async function crashLoopFailure(
  deployment: DeploymentRecord,
  crashCount: number,
  reason: string,
  logPath: string,
): Promise<EndpointFailure> {
  const details = await lastRun(logPath);
  const message =
    `${subject(deployment)} crashed ${crashCount} times in a row and is not started again: ` +
    `${reason}${ownWords(details)}. Update the endpoint to try again`;
  return { code: 'DEPLOYMENT_CRASH_LOOP', message, details };
}

/** For what is over by itself some day, such as an artifact store that is away. */
export function waitingFailure(deployment: DeploymentRecord, error: unknown): EndpointFailure {
  const message =
    `${subject(deployment)} waits: ${messageOf(error)}. ` +
    'It is started by itself once that is over';
  return { code: 'DEPLOYMENT_WAITING', message, details: '' };
}

/** For what is not the deployment's own fault, such as a full disk. */
export function internalFailure(error: unknown): EndpointFailure {
  return {
    code: 'DEPLOYMENT_START_FAILED',
    message: `the deployment could not be put into service: ${messageOf(error)}. Try the update again`,
    details: '',
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function subject({ name, modelName, modelVersion }: DeploymentRecord): string {
  return `deployment '${name}' (model '${modelName}', version ${modelVersion})`;
}

async function lastRun(logPath: string): Promise<string> {
  const tail = await readLogTail(logPath, tailBytes);
  const note = tail.lastIndexOf(startNote);
  return note < 0 ? tail : tail.slice(tail.indexOf('\n', note) + 1);
}

/** The line in which the scoring process itself says why it ends. */
function ownWords(log: string): string {
  const line = log.match(/^error [A-Z_]+: .*$/gm)?.at(-1);
  return line === undefined ? '' : ` (${line})`;
}
