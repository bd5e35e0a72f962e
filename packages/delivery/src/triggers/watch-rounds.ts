// One round of the triggers over all pipelines: their repositories and times, the builds that have
// ended, and then the events that wait.
import type { Build } from '../builds/build.ts';
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import { carryOut } from './act/carry-out.ts';
import { toTriggerError } from './act/to-trigger-error.ts';
import { lookAtEnd } from './look/look-at-end.ts';
import type { PipelineLooker } from './look/pipeline-looker.ts';
import type { LookTimes } from './look-times.ts';
import type { TriggerStores } from './store/trigger-stores.ts';
import type { TriggerClock } from './trigger-clock.ts';
import type { Happening } from './trigger-event.ts';
import type { BuildEnd, TriggerHost } from './trigger-host.ts';

export interface RoundParts {
  readonly stores: TriggerStores;
  readonly host: TriggerHost;
  readonly clock: TriggerClock;
  readonly looker: PipelineLooker;
  readonly times: LookTimes;
  readonly onEnded: (build: Build) => Promise<void>;
  readonly report: (pipeline: string, error: unknown) => void;
}

export async function watchRound(parts: RoundParts): Promise<void> {
  const { host, stores } = parts;
  const all = await host.pipelines();
  const enabled = all.filter((pipeline) => pipeline.enabled);
  const ids = new Set(enabled.map(({ id }) => Number(id)));
  for (const id of await stores.watches.ids()) {
    if (!ids.has(id)) await stores.watches.end(id);
  }
  for (const pipeline of enabled) await lookIfDue(parts, pipeline);
  await lookAtEnds(parts, enabled, all);
  for (const event of await stores.events.pending()) {
    const pipeline = all.find(({ id }) => Number(id) === event.pipeline_id);
    const report = (error: unknown) => parts.report(pipeline?.name ?? '', error);
    await carryOut({ stores, host, report }, event, pipeline);
  }
}

export async function lookIfDue(parts: RoundParts, pipeline: DeliveryPipeline): Promise<void> {
  const { times, clock, looker } = parts;
  const now = clock.now();
  if (!times.take(pipeline.id, pipeline.repository, now)) return;
  try {
    await looker.look(pipeline, (place) => times.take(`${pipeline.id} other`, place, now));
  } catch (error) {
    times.putOff(pipeline.id, pipeline.repository, now);
    await noteError(parts, pipeline, error);
  }
}

async function lookAtEnds(
  parts: RoundParts,
  enabled: readonly DeliveryPipeline[],
  all: readonly DeliveryPipeline[],
): Promise<void> {
  const { host, stores, clock } = parts;
  const cursor = await stores.completions.cursor();
  const { ends, sequence } =
    cursor === null
      ? { ends: [], sequence: await host.lastSequence() }
      : await host.endedSince(cursor);
  if (sequence === cursor) return;
  const happenings = new Map<number, Happening[]>();
  for (const [buildId, isWhole] of once(ends)) {
    const ended = await host.build(buildId);
    if (ended === null) continue;
    if (isWhole) await parts.onEnded(ended);
    const from = all.find((each) => each.id === ended.pipelineId);
    for (const pipeline of enabled) {
      const found = await happeningsAtEnd(parts, pipeline, ended, from);
      const id = Number(pipeline.id);
      happenings.set(id, [...(happenings.get(id) ?? []), ...found]);
    }
  }
  await stores.completions.note(happenings, sequence, clock.now());
}

/** Each build once, however many of its stages have ended. */
function once(ends: readonly BuildEnd[]): ReadonlyMap<string, boolean> {
  const builds = new Map<string, boolean>();
  for (const { buildId, isWhole } of ends)
    builds.set(buildId, isWhole || builds.get(buildId) === true);
  return builds;
}

/** A repository that cannot be read now must not keep the others from what they wait for. */
async function happeningsAtEnd(
  parts: RoundParts,
  pipeline: DeliveryPipeline,
  ended: Build,
  from: DeliveryPipeline | undefined,
): Promise<readonly Happening[]> {
  try {
    return await lookAtEnd(await parts.looker.watched(pipeline), ended, from);
  } catch (error) {
    await noteError(parts, pipeline, error);
    return [];
  }
}

async function noteError(
  { stores, clock, report }: RoundParts,
  pipeline: DeliveryPipeline,
  error: unknown,
): Promise<void> {
  const told = toTriggerError(error, (cause) => report(pipeline.name, cause));
  await stores.watches.noteError(Number(pipeline.id), told, clock.now());
}
