// Models and environments.
import { modelTypes } from '../model/model-definition.ts';
import { environmentSources, notBuilt, prose, string, textMap } from './common-schemas.ts';
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

export const environmentSchema: ObjectSchema = {
  kind: 'object',
  title: 'an environment',
  required: ['name'],
  keys: {
    ...labelled,
    version,
    properties: textMap,
    ...environmentSources,
    build: {
      kind: 'object',
      title: 'a build context',
      required: ['path'],
      keys: { path: string, dockerfile_path: string },
    },
    datastore: notBuilt('choosing a datastore for uploads'),
  },
};
