// Takes an event that was written down to its build, or to why there is none.
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import type { EventRow } from '../store/insert-events.ts';
import type { TriggerStores } from '../store/trigger-stores.ts';
import type { TriggerError, TriggerFacts } from '../trigger-event.ts';
import type { TriggerHost } from '../trigger-host.ts';
import { requestOf } from './build-request-of.ts';
import { toTriggerError } from './to-trigger-error.ts';

export interface CarryOutContext {
  readonly stores: Pick<TriggerStores, 'events'>;
  readonly host: TriggerHost;
  /** Told of what is not a user's to mend. */
  readonly report: (error: unknown) => void;
}

export async function carryOut(
  context: CarryOutContext,
  event: EventRow,
  pipeline: DeliveryPipeline | undefined,
): Promise<void> {
  const { host, report } = context;
  const { events } = context.stores;
  if (pipeline === undefined || !pipeline.enabled) {
    await events.settle(event.event_id, gone);
    return;
  }
  try {
    // An earlier server may have queued it and ended before it noted that.
    const found = await host.buildOf(event.event_id);
    const build = found ?? (await host.queue(await requestOf(host, event, pipeline)));
    await cancelOlder(context, event);
    await events.settle(event.event_id, Number(build.id));
  } catch (error) {
    if (isPassing(error)) return;
    await events.settle(event.event_id, toTriggerError(error, report));
  }
}

const gone: TriggerError = {
  code: 'DELIVERY_PIPELINE_DISABLED',
  message: 'the pipeline was disabled or deleted before its build was queued',
};

const maxOlder = 20;

/** Of a pull request that has been updated. Before the event is settled, so that no end forgets it. */
async function cancelOlder({ stores, host }: CarryOutContext, event: EventRow): Promise<void> {
  const { cancelsOlder }: TriggerFacts = JSON.parse(event.facts);
  if (cancelsOlder !== true) return;
  const others = await stores.events.of(event.pipeline_id, maxOlder, event.source);
  for (const { build_id, sequence } of others) {
    if (build_id === null || sequence >= event.sequence) continue;
    const build = await host.build(String(build_id));
    if (build?.status === 'inProgress') await host.cancel(build.id);
  }
}

/** Whether the server could not do it now and may later: it stops, or its database is busy. */
function isPassing(error: unknown): boolean {
  return error instanceof Error && (error as { status?: unknown }).status === 503;
}
