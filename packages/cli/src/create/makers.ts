// The makers of all kinds of files, by kind.
import { type FileKind, parseEndpoint } from '@ridgeline/azureml-yaml';
import type { RidgelineClient } from '@ridgeline/client';
import { describeEnvironment } from '../commands/environment-command.ts';
import { describeAsset } from '../output/describe-data.ts';
import { describeEndpoint } from '../output/describe-endpoint.ts';
import { describeJob } from '../output/describe-job.ts';
import { describeNewModel } from '../output/describe-model.ts';
import { describeSchedule } from '../output/describe-schedule.ts';
import { printEither, printNote } from '../output/print.ts';
import { createData, readDataFile } from '../submit/create-data.ts';
import { readEnvironmentFile } from '../submit/create-environment.ts';
import { deploy, readDeploymentFile } from '../submit/deploy.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { submitJobFile } from '../submit/submit-job.ts';
import { createComponent, describeNewComponent } from './create-component.ts';
import { createCompute, describeNewCompute, readComputeFile } from './create-compute.ts';
import { describeNewDatastore, readDatastoreFile } from './create-datastore.ts';
import { createModel, readModelFile } from './create-model.ts';
import { readScheduleFile } from './create-schedule.ts';
import { printMade } from './print-made.ts';
import { takeParsed } from './take-parsed.ts';

export interface CreateFileOptions {
  readonly json?: boolean;
  /** Values for the inputs of a job. */
  readonly set: Readonly<Record<string, string>>;
}

export interface FileMaker {
  /** With its article, for messages. */
  readonly title: string;
  readonly takesInputs?: boolean;
  readonly make: (
    client: RidgelineClient,
    file: string,
    options: CreateFileOptions,
  ) => Promise<void>;
}

const job: FileMaker = {
  title: 'a job',
  takesInputs: true,
  async make(client, file, { json, set }) {
    const submitted = await submitJobFile(client, file, { inputs: set });
    printEither(json, submitted, () => describeJob(submitted));
  },
};

const component: FileMaker = {
  title: 'a component',
  async make(client, file, { json }) {
    printMade(json, await createComponent(client, file), describeNewComponent);
  },
};

const data: FileMaker = {
  title: 'a data asset',
  async make(client, file, { json }) {
    const asset = await createData(client, await readDataFile(file));
    printEither(json, asset, () => describeAsset(asset));
  },
};

const model: FileMaker = {
  title: 'a model',
  async make(client, file, { json }) {
    printMade(json, await createModel(client, await readModelFile(file)), describeNewModel);
  },
};

const environment: FileMaker = {
  title: 'an environment',
  async make(client, file, { json }) {
    const made = await client.environments.create(await readEnvironmentFile(file));
    for (const note of made.notes) printNote(note);
    printEither(json, made, () => describeEnvironment(made));
  },
};

const compute: FileMaker = {
  title: 'a compute',
  async make(client, file, { json }) {
    printMade(json, await createCompute(client, await readComputeFile(file)), describeNewCompute);
  },
};

const datastore: FileMaker = {
  title: 'a datastore',
  async make(client, file, { json }) {
    const made = await client.datastores.getOrCreate(await readDatastoreFile(file));
    printMade(json, made, describeNewDatastore);
  },
};

const deployment: FileMaker = {
  title: 'a deployment',
  async make(client, file, { json }) {
    const endpoint = await deploy(client, await readDeploymentFile(file));
    printEither(json, endpoint, () => describeEndpoint(endpoint));
  },
};

/** An endpoint has no life without a deployment; its file is checked, so that scripts go on. */
const endpoint: FileMaker = {
  title: 'an endpoint',
  async make(_client, file, { json }) {
    const parsed = parseEndpoint(await readTextFile(file), { fileName: file });
    const { name } = takeParsed(file, 'an endpoint', parsed.endpoint, parsed.diagnostics);
    const line = `endpoint '${name}' is made with its first deployment; create that from its own file`;
    printEither(json, { name, created: false }, () => line);
  },
};

const schedule: FileMaker = {
  title: 'a schedule',
  async make(client, file, { json }) {
    const { name, spec } = await readScheduleFile(client, file);
    const made = await client.schedules.createOrUpdate(name, spec);
    printEither(json, made, () => describeSchedule(made));
  },
};

export const makers: Readonly<Record<FileKind, FileMaker>> = {
  job,
  component,
  data,
  model,
  environment,
  compute,
  datastore,
  schedule,
  endpoint,
  deployment,
};
