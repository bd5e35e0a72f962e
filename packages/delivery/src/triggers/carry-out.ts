// Takes an event that was written down to its build, or to why there is none.
import type { BuildRequest } from '../builds/build-request.ts';
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import type { TriggerError, TriggerFacts } from './trigger-event.ts';
import type { TriggerHost } from './trigger-host.ts';
import type { EventRow, TriggerStore } from './trigger-store.ts';

export interface CarryOutContext {
  readonly store: TriggerStore;
  readonly host: TriggerHost;
  /** Told of what is not a user's to mend. */
  readonly report: (error: unknown) => void;
}

/** Two pipelines that wait for each other would go on for ever. */
const maxChain = 20;

/** @param mayBeThere whether an earlier server may have queued it and ended before it noted that. */
export async function carryOut(
  context: CarryOutContext,
  event: EventRow,
  pipeline: DeliveryPipeline | undefined,
  mayBeThere: boolean,
): Promise<void> {
  const { store, host } = context;
  if (pipeline === undefined || !pipeline.enabled) {
    await store.settle(event.event_id, gone);
    return;
  }
  try {
    const found = mayBeThere ? await earlierBuild(host, event, pipeline) : undefined;
    const build = found ?? (await host.queue(await requestOf(host, event, pipeline)));
    await store.settle(event.event_id, Number(build.id));
  } catch (error) {
    if (isPassing(error)) return;
    await store.settle(event.event_id, toTriggerError(error, context.report));
  }
}

const gone: TriggerError = {
  code: 'DELIVERY_PIPELINE_DISABLED',
  message: 'the pipeline was disabled or deleted before its build was queued',
};

async function earlierBuild(host: TriggerHost, event: EventRow, { name }: DeliveryPipeline) {
  const builds = await host.builds({ pipeline: name, branch: event.branch, limit: 20 });
  return builds.find(
    ({ reason, commit, queuedAt }) =>
      reason === event.reason &&
      (event.commit_id === '' || commit === event.commit_id) &&
      Date.parse(queuedAt) >= event.noted_at,
  );
}

async function requestOf(
  host: TriggerHost,
  { branch, commit_id: commit, reason, facts, kind }: EventRow,
  { name }: DeliveryPipeline,
): Promise<BuildRequest> {
  const { alias, sourceBuildId }: TriggerFacts = JSON.parse(facts);
  if (sourceBuildId !== undefined) await assertShortChain(host, sourceBuildId);
  return {
    pipeline: name,
    branch,
    ...(commit !== '' && { commit }),
    reason,
    requestedBy: `trigger: ${kind}`,
    ...(sourceBuildId !== undefined && { triggeredBy: sourceBuildId }),
    ...(alias !== undefined &&
      sourceBuildId !== undefined && { resources: { [alias]: sourceBuildId } }),
  };
}

class ChainTooLong extends Error {
  readonly code = 'BUILD_INVALID';
  readonly status = 409;
}

async function assertShortChain(host: TriggerHost, buildId: string): Promise<void> {
  let at: string | null = buildId;
  for (let length = 0; at !== null; length += 1) {
    if (length < maxChain) at = (await host.build(at))?.triggeredBy ?? null;
    else {
      const message = `${maxChain} builds have started one another; do these pipelines wait for each other in a circle?`;
      throw new ChainTooLong(message);
    }
  }
}

const maxMessageLength = 5_000;

/** The words of what a user can mend, and of all else only that it happened. */
export function toTriggerError(error: unknown, report: (error: unknown) => void): TriggerError {
  if (error instanceof Error) {
    const { code } = error as { code?: unknown };
    // The errors of this code have codes in capitals; those of Node have numbers of the system too.
    const isOurs = 'status' in error || error.name === 'LocalRunError';
    if (typeof code === 'string' && isOurs) {
      return { code, message: error.message.slice(0, maxMessageLength).toWellFormed() };
    }
  }
  report(error);
  const message = 'something went wrong in the server; its log says what';
  return { code: 'INTERNAL_ERROR', message };
}

/** Whether the server could not do it now and may later: it stops, or its database is busy. */
function isPassing(error: unknown): boolean {
  return error instanceof Error && (error as { status?: unknown }).status === 503;
}
