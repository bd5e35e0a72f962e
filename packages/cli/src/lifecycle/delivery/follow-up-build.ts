// A build that follows one of training: its end has started it, or, where there was no model or where
// the trigger names other branches, it is queued here.
import { setTimeout as delay } from 'node:timers/promises';
import type { Build, Job, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../../errors.ts';
import { isGood } from '../../submit/follow-build.ts';
import type { LifeOptions } from '../life.ts';
import type { StageReport } from '../reporter.ts';
import { buildFailure } from './build-failure.ts';
import type { DeliveryHome } from './ensure-delivery.ts';
import { jobOfBuild } from './job-of-build.ts';
import type { Training } from './training-build.ts';
import { describeWait, waitingWords } from './waiting-build.ts';
import { watchBuild } from './watch-build.ts';

export interface FollowUp {
  readonly build: Build;
  readonly job: Job | null;
  readonly isWaiting: boolean;
}

/** @throws CliError BUILD_NOT_SUCCEEDED; BUILD_WAITS where the server ends with the life */
export async function followUp(
  client: RidgelineClient,
  begun: BegunBuild,
  { once }: LifeOptions,
  report: StageReport,
): Promise<FollowUp> {
  const id = await begun.id;
  report.note(`build ${id} of ${begun.pipeline}`);
  const build = await watchBuild(client, id, report);
  const job = await jobOfBuild(client, id);
  if (build.status !== 'completed') {
    if (once) throw describeWait(build);
    report.wait(waitingWords(build));
    return { build, job, isWaiting: true };
  }
  if (isGood(build)) return { build, job, isWaiting: false };
  throw await buildFailure(client, build, job);
}

/** A build that begins while others are followed. */
export interface BegunBuild {
  readonly pipeline: string;
  readonly id: Promise<string>;
}

export function begin(home: DeliveryHome, pipeline: string, training: Training): BegunBuild {
  const id = find(home, pipeline, training);
  // What is wrong is told by the stage that follows the build, whenever its turn comes.
  id.catch(() => {});
  return { pipeline, id };
}

async function find(
  { client, repository }: DeliveryHome,
  pipeline: string,
  { build }: Training,
): Promise<string> {
  const started = isGood(build) ? await startedByEnd(client, pipeline, build) : null;
  if (started !== null) return started;
  const { branch } = repository;
  const queued = await client.builds.queue({ pipeline, ...(branch !== null && { branch }) });
  return queued.id;
}

/** Ends of builds are looked at every two seconds. */
const triggerMs = 10_000;
const pollMs = 200;

/** @throws CliError BUILD_NOT_SUCCEEDED where the trigger was refused */
async function startedByEnd(
  client: RidgelineClient,
  pipeline: string,
  { endedAt }: Build,
): Promise<string | null> {
  for (const end = Date.now() + triggerMs; Date.now() < end; await delay(pollMs)) {
    const { events } = await client.deliveryPipelines.triggers(pipeline, 5);
    const event = events.find(
      ({ kind, notedAt }) => kind === 'completion' && notedAt >= (endedAt ?? ''),
    );
    if (event?.error) {
      const message = `the end of training has started no build of ${pipeline}: ${event.error.message}`;
      throw new CliError('BUILD_NOT_SUCCEEDED', message);
    }
    if (event?.buildId) return event.buildId;
  }
  return null;
}
