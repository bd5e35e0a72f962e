// The build that an event asks for.
import type { BuildRequest, BuildTrigger, TriggeringResource } from '../../builds/build-request.ts';
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import type { EventRow } from '../store/insert-events.ts';
import type { TriggerFacts } from '../trigger-event.ts';
import type { TriggerHost } from '../trigger-host.ts';

/** Two pipelines that wait for each other would go on for ever. */
const maxChain = 20;

export async function requestOf(
  host: TriggerHost,
  event: EventRow,
  { name }: DeliveryPipeline,
): Promise<BuildRequest> {
  const { branch, commit_id: commit, reason, kind } = event;
  const facts: TriggerFacts = JSON.parse(event.facts);
  const { alias, sourceBuildId, payload } = facts;
  if (sourceBuildId !== undefined) await assertShortChain(host, sourceBuildId);
  return {
    pipeline: name,
    branch,
    ...(commit !== '' && { commit }),
    reason,
    requestedBy: `trigger: ${kind}`,
    trigger: triggerOf(event, facts),
    ...(sourceBuildId !== undefined && { triggeredBy: sourceBuildId }),
    ...(alias !== undefined &&
      sourceBuildId !== undefined && { resources: { [alias]: sourceBuildId } }),
    ...(alias !== undefined &&
      payload !== undefined && { parameters: { [alias]: JSON.parse(payload) } }),
  };
}

function triggerOf({ event_id: event, kind }: EventRow, facts: TriggerFacts): BuildTrigger {
  const { alias, scheduleName, pullRequest, repositories } = facts;
  const resource = alias === undefined ? undefined : { alias, category: categoryOf[kind] };
  return {
    event,
    ...(resource !== undefined && { resource }),
    ...(scheduleName !== undefined && { scheduleName }),
    ...(pullRequest !== undefined && { pullRequest }),
    ...(repositories !== undefined && { repositories }),
  };
}

/** Of events that come from a resource. */
const categoryOf: Readonly<Record<EventRow['kind'], TriggeringResource['category']>> = {
  push: 'repository',
  pullRequest: 'repository',
  schedule: 'repository',
  completion: 'pipeline',
  webhook: 'webhook',
};

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
