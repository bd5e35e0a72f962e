// A schedule from an Azure ML schedule YAML: the job that it names is uploaded with it, or is a
// published pipeline by its name.
import path from 'node:path';
import { parseSchedule, type ScheduleDefinition } from '@ridgeline/azureml-yaml';
import type { RidgelineClient, ScheduleSpec, ScheduleStart } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { type JobOptions, prepareJob } from '../submit/submit-job.ts';
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
  schedule: ScheduleDefinition,
  file: string,
): Promise<ScheduleStart> {
  const { job, inputs } = schedule;
  switch (job.kind) {
    case 'registered':
      return publishedStart(schedule, file);
    case 'inline':
      return {
        job: await prepareJob(client, job.text, file, { inputs: Object.fromEntries(inputs) }),
      };
    case 'file': {
      const jobFile = path.resolve(path.dirname(file), job.path);
      const options = { ...overridesOf(schedule), inputs: Object.fromEntries(inputs) };
      return { job: await prepareJob(client, await readTextFile(jobFile), jobFile, options) };
    }
  }
}

function overridesOf({ settings, jobTags }: ScheduleDefinition): JobOptions {
  const { defaultCompute, continueOnStepFailure, forceRerun } = settings;
  return {
    ...(defaultCompute !== null && { defaultCompute }),
    ...(continueOnStepFailure !== null && { continueOnStepFailure }),
    ...(forceRerun !== null && { forceRerun }),
    ...(jobTags.size > 0 && { tags: Object.fromEntries(jobTags) }),
  };
}

/** What is published is kept as it is, but for its inputs. */
function publishedStart(schedule: ScheduleDefinition, file: string): ScheduleStart {
  const { job } = schedule;
  if (Object.keys(overridesOf(schedule)).length > 0) {
    const message = `${file}: a published pipeline keeps its own settings and tags; remove them from 'create_job', or name the file of a job`;
    throw new CliError('FILE_INVALID', message);
  }
  const reference = job.kind === 'registered' ? job.reference : '';
  return { pipeline: reference.replace(/^azureml:/, '') };
}

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function prepareStart(
  client: RidgelineClient,
  jobFile: string,
  inputs: Readonly<Record<string, string | number | boolean>>,
): Promise<ScheduleStart> {
  return { job: await prepareJob(client, await readTextFile(jobFile), jobFile, { inputs }) };
}
