// `ridgeline job logs`: what the steps of a job have printed, or print as it goes on.
import type { Job, JobStep, RidgelineClient } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect, connectToFollow } from '../connection/connect.ts';
import { printNote, printResult } from '../output/print.ts';
import { followJob, loggedSteps } from '../submit/follow-job.ts';
import { noteStep, watchJob } from '../submit/watch-job.ts';

export function jobLogsCommand(): Command {
  return withConnection(new Command('logs'))
    .description('print what the steps of a job have printed')
    .argument('<id>', "the job's id")
    .option('--step <name>', 'only one step')
    .option('-f, --follow', 'go on until the job has ended, and tell of its steps')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline job logs JOB --follow\n  ridgeline job logs JOB --step train',
    )
    .action(async (id: string, { step, follow, ...options }: LogsOptions) => {
      const client = await (follow ? connectToFollow : connect)(options);
      if (step !== undefined)
        return follow ? followStep(client, id, step) : writeLog(client, id, step);
      const job = await client.jobs.get(id);
      if (follow) return followSteps(client, job);
      const steps = loggedSteps(job);
      for (const { name } of steps) {
        if (steps.length > 1) printResult(heading(name));
        await writeLog(client, id, name);
      }
    });
}

interface LogsOptions extends CommonOptions {
  readonly step?: string;
  readonly follow?: true;
}

async function followStep({ jobs }: RidgelineClient, id: string, step: string): Promise<void> {
  for await (const text of jobs.followLog(id, step)) write(text);
}

async function followSteps(client: RidgelineClient, { id, steps }: Job): Promise<void> {
  const hasMany = steps.length > 1;
  const onStep = ({ name }: JobStep) => hasMany && printResult(heading(name));
  const states = watchJob(client, id, noteStep);
  const [job] = await Promise.all([states, followJob(client, id, { onStep, onText: write })]);
  printNote(`job ${id}: ${job.status}`);
}

function heading(step: string): string {
  return `── ${step}`;
}

async function writeLog({ jobs }: RidgelineClient, id: string, step: string): Promise<void> {
  const decoder = new TextDecoder();
  for (let offset = 0; ; ) {
    const { bytes, nextOffset } = await jobs.log(id, step, offset);
    if (bytes.length === 0) return;
    write(decoder.decode(bytes, { stream: true }));
    offset = nextOffset;
  }
}

function write(text: string): void {
  process.stdout.write(text);
}
