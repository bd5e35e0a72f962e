// The build that checks the code, publishes the training pipeline and runs it. A model that is not
// better ends the build as failed, as teams know it, and is no failure of the life.
import { setTimeout as delay } from 'node:timers/promises';
import type { Build, BuildSummary, RidgelineClient, Verdict } from '@ridgeline/client';
import { describeVerdict } from '../../output/describe-job.ts';
import { isGood } from '../../submit/follow-build.ts';
import type { StageReport } from '../reporter.ts';
import { buildFailure } from './build-failure.ts';
import { type DeliveryHome, trainingPipeline } from './ensure-delivery.ts';
import { jobOfBuild } from './job-of-build.ts';
import { describeWait } from './waiting-build.ts';
import { watchBuild } from './watch-build.ts';

export interface Training {
  readonly build: Build;
  readonly verdict: Verdict | null;
  readonly job: string | null;
  /** Whether there is a build whose model can be released: this one, or an earlier one. */
  readonly canBeReleased: boolean;
}

export async function train(home: DeliveryHome, report: StageReport): Promise<Training> {
  const { client } = home;
  const { id } = await begin(home);
  report.note(`build ${id} of ${trainingPipeline}`);
  const build = await watchBuild(client, id, report);
  const job = await jobOfBuild(client, id);
  const verdict = job?.verdict ?? null;
  const training = { build, verdict, job: job?.id ?? null };
  if (build.status !== 'completed') throw describeWait(build);
  if (isGood(build)) {
    report.succeed(verdict === null ? `build ${id} succeeded` : describeVerdict(verdict));
    return { ...training, canBeReleased: true };
  }
  if (verdict?.outcome !== 'not_better') throw await buildFailure(client, build, job);
  report.succeed(`${describeVerdict(verdict)}; build ${id} says so, and ends as failed`);
  return { ...training, canBeReleased: await hasGoodBuild(client) };
}

/** A push starts its build by itself: it gets the time of one look at the repository. */
const pushMs = 4_000;
const pollMs = 200;

async function begin({ client, repository }: DeliveryHome): Promise<BuildSummary> {
  const { branch, commit } = repository;
  const newest = () => client.builds.list({ pipeline: trainingPipeline, limit: 1 });
  const [last] = await newest();
  const isNews = last !== undefined && last.commit !== commit;
  for (const end = Date.now() + (isNews ? pushMs : 0); Date.now() < end; await delay(pollMs)) {
    const [build] = await newest();
    if (build?.commit === commit) return build;
  }
  return client.builds.queue({ pipeline: trainingPipeline, ...(branch !== null && { branch }) });
}

async function hasGoodBuild(client: RidgelineClient): Promise<boolean> {
  const good = { pipeline: trainingPipeline, result: 'succeeded', limit: 1 } as const;
  return (await client.builds.list(good)).length > 0;
}
