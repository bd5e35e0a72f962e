// Models and environments.
import { modelTypes } from '../model/model-definition.ts';
import { notBuilt, prose, string, textMap } from './common-schemas.ts';
import type { ObjectSchema, Schema } from './schema-types.ts';

export const labelled = {
  $schema: string,
  name: string,
  description: prose,
  tags: textMap,
} as const;

const version: Schema = { kind: 'text' };

export const modelSchema: ObjectSchema = {
  kind: 'object',
  title: 'a model',
  required: ['name', 'path'],
  keys: {
    ...labelled,
    version,
    type: { kind: 'string', allowed: modelTypes },
    path: string,
    properties: textMap,
    stage: string,
    flavors: { kind: 'any', noEffect: "the model's own MLmodel file says it" },
    utc_time_created: notBuilt('a time of creation'),
    datastore: notBuilt('choosing a datastore for uploads'),
    default_deployment_template: notBuilt('deployment templates'),
    system_metadata: notBuilt('system metadata'),
  },
};

/** The conda file's own data is read by whoever builds the environment. */
export const environmentSchema: ObjectSchema = {
  kind: 'object',
  title: 'an environment',
  required: ['name'],
  keys: {
    ...labelled,
    version,
    properties: textMap,
    image: string,
    conda_file: { kind: 'shortOrLong', short: string, long: { kind: 'any' } },
    build: {
      kind: 'object',
      title: 'a build context',
      required: ['path'],
      keys: { path: string, dockerfile_path: string },
    },
    os_type: {
      kind: 'string',
      allowed: ['linux'],
      anyCase: true,
      notBuilt: { windows: 'Windows images' },
    },
    inference_config: { kind: 'any', noEffect: 'an endpoint here serves models itself' },
    datastore: notBuilt('choosing a datastore for uploads'),
  },
};
