// A workspace with an engine, pipelines and schedules, whose clock a test holds.
import type { Workspace } from '@ridgeline/workspace';
import type { JobEngine } from '../../engine/job-engine.ts';
import type { JobStatus } from '../../job/job.ts';
import { PublishedPipelines } from '../../published/published-pipelines.ts';
import { Lab } from '../../test/lab.ts';
import { pipelineOf } from '../../test/pipelines.ts';
import { until } from '../../test/until.ts';
import type { Firing, ScheduleSpec, TriggerSpec } from '../schedule.ts';
import { Schedules } from '../schedules.ts';
import { ManualClock } from './manual-clock.ts';

export interface OpenSchedules {
  readonly workspace: Workspace;
  readonly engine: JobEngine;
  readonly pipelines: PublishedPipelines;
  readonly schedules: Schedules;
  /** Of the engine and of the schedules themselves. */
  readonly errors: unknown[];
}

export class ScheduleLab {
  readonly lab: Lab;
  readonly clock = new ManualClock('2026-03-02T00:00:00Z');
  #open: OpenSchedules | null = null;

  private constructor(lab: Lab) {
    this.lab = lab;
  }

  static async make(): Promise<ScheduleLab> {
    return new ScheduleLab(await Lab.make());
  }

  async open(): Promise<OpenSchedules> {
    const { workspace, engine, errors } = await this.lab.open();
    const pipelines = await PublishedPipelines.open(workspace, engine);
    const schedules = await Schedules.open({
      workspace,
      jobs: engine,
      pipelines,
      clock: this.clock,
      onInternalError: (_name, error) => errors.push(error),
    });
    await schedules.start();
    this.#open = { workspace, engine, pipelines, schedules, errors };
    return this.#open;
  }

  /** As a server that is told to end. */
  async close(): Promise<void> {
    await this.#open?.schedules.stop();
    this.#open = null;
    await this.lab.close();
  }

  async dispose(): Promise<void> {
    await this.close();
    await this.lab.dispose();
  }
}

/** A schedule that starts a job which does next to nothing. */
export function specOf(trigger: TriggerSpec, more: Partial<ScheduleSpec> = {}): ScheduleSpec {
  const echo = 'echo ${{inputs.said}}';
  const inputs = { said: '${{parent.inputs.said}}' };
  const job = pipelineOf(
    { say: { command: echo, inputs } },
    { inputs: { said: 'nothing' }, experiment_name: 'scheduled' },
  );
  return { trigger, start: { job }, ...more };
}

/** Waits until a schedule has fired so often, and gives that; the oldest first. */
export async function untilFired(
  { schedules }: OpenSchedules,
  name: string,
  count: number,
): Promise<readonly Firing[]> {
  return until(`${name} has fired ${count} times`, async () => {
    const firings = await schedules.firings(name, 1_000);
    const settled = firings.every(({ status }) => status !== 'Pending');
    return settled && firings.length >= count && firings.toReversed();
  });
}

/** Waits until all that is due now has been looked at. */
export async function untilLooked({ schedules }: OpenSchedules): Promise<void> {
  const event = { kind: 'build', id: '-', name: '-', status: 'failed', branch: '-' } as const;
  // The first lets them look when it is done, and the second comes in its turn after that.
  await schedules.noteEvent(event);
  await schedules.noteEvent(event);
}

export async function statusOf({ engine }: OpenSchedules, firing: Firing): Promise<JobStatus> {
  return (await engine.waitFor(firing.jobId ?? '')).status;
}
