// For tests: runs jobs with real processes in a folder of their own.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Step } from '../pipeline/step.ts';
import { bash } from '../task/script/bash.ts';
import { cmdLine } from '../task/script/cmd-line.ts';
import type { TaskDefinition } from '../task/task.ts';
import { TaskRegistry } from '../task/task-registry.ts';
import { type JobFields, jobRun } from './job-run.fixture.ts';
import { formatLogLine } from './log-line.ts';
import { MemoryHost } from './memory-host.fixture.ts';
import { type FinishedJob, type RunJobOptions, runJob } from './run-job.ts';
import type { StepResult } from './step-record.ts';

export interface Ran {
  readonly finished: FinishedJob;
  readonly host: MemoryHost;
  /** The log of all steps, a line each, as a log file would hold it. */
  readonly log: readonly string[];
  /** The results of the steps themselves, in their order. */
  readonly results: readonly (StepResult | undefined)[];
  /** The output of a step's script, without what the task says around it. */
  output(index: number): readonly string[];
}

export interface RunFields {
  readonly job?: JobFields;
  readonly host?: MemoryHost;
  readonly tasks?: readonly TaskDefinition[];
  readonly options?: Partial<RunJobOptions>;
}

/** Retries do not wait, and processes that will not end are killed soon. */
const quick = {
  pause: async () => {},
  ending: { interruptMs: 300, terminateMs: 300, drainMs: 300 },
};

export async function run(steps: readonly Step[], fields: RunFields = {}): Promise<Ran> {
  const host = fields.host ?? new MemoryHost();
  const tasks = new TaskRegistry([bash, cmdLine, ...(fields.tasks ?? [])]);
  const finished = await runJob(jobRun(steps, fields.job), host, {
    workFolder: await temporaryFolder(),
    tasks,
    ...quick,
    ...fields.options,
  });
  const main = finished.steps.filter(({ phase }) => phase === 'main');
  return {
    finished,
    host,
    log: host.lines.map(formatLogLine),
    results: main.map(({ result }) => result),
    output: (index) => outputOf(host, main[index]?.id ?? ''),
  };
}

const outputStart = '==== Starting Command Output ====';

function outputOf(host: MemoryHost, step: string): string[] {
  const lines = host.lines.filter((line) => line.step === step && line.kind !== 'section');
  const start = lines.findIndex((line) => line.text.includes(outputStart));
  return lines.slice(start + 1).map(formatLogLine);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ridgeline-job-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
