// A schedule from an Azure ML schedule YAML: the job that it names is uploaded with it, or is a
// published pipeline by its name.
import path from 'node:path';
import { parseSchedule, type ScheduleDefinition } from '@ridgeline/azureml-yaml';
import type { RidgelineClient, ScheduleSpec, ScheduleStart } from '@ridgeline/client';
import { readTextFile } from '../submit/read-text-file.ts';
import { prepareJob } from '../submit/submit-job.ts';
import { takeParsed } from './take-parsed.ts';

export interface NewSchedule {
  readonly name: string;
  readonly spec: ScheduleSpec;
}

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID, and what the server refuses of the uploads */
export async function readScheduleFile(
  client: RidgelineClient,
  file: string,
): Promise<NewSchedule> {
  const parsed = parseSchedule(await readTextFile(file), { fileName: file });
  const schedule = takeParsed(file, 'a schedule', parsed.schedule, parsed.diagnostics);
  const { name, displayName, description, tags, experimentName } = schedule;
  const spec = {
    ...(displayName !== null && { displayName }),
    ...(description !== null && { description }),
    tags: Object.fromEntries(tags),
    trigger: schedule.trigger,
    start: await startOf(client, schedule, file),
    inputs: Object.fromEntries(schedule.inputs),
    ...(experimentName !== null && { experimentName }),
  };
  return { name, spec };
}

async function startOf(
  client: RidgelineClient,
  { job, inputs }: ScheduleDefinition,
  file: string,
): Promise<ScheduleStart> {
  switch (job.kind) {
    case 'registered':
      return { pipeline: job.reference.replace(/^azureml:/, '') };
    case 'inline':
      return {
        job: await prepareJob(client, job.text, file, { inputs: Object.fromEntries(inputs) }),
      };
    case 'file': {
      const jobFile = path.resolve(path.dirname(file), job.path);
      return prepareStart(client, jobFile, Object.fromEntries(inputs));
    }
  }
}

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function prepareStart(
  client: RidgelineClient,
  jobFile: string,
  inputs: Readonly<Record<string, string | number | boolean>>,
): Promise<ScheduleStart> {
  return { job: await prepareJob(client, await readTextFile(jobFile), jobFile, { inputs }) };
}
