// What stages, jobs and the pipeline share: variables, pools, containers, and when things run.

import {
  anything,
  boolean,
  choice,
  listOf,
  oneOrMore,
  requiredText,
  type Schema,
  text,
  texts,
} from './schema-types.ts';

const variableName: Schema = { kind: 'text', isRequired: true, rule: 'variable' };

export const variablesSchema: Schema = {
  kind: 'forms',
  mapping: { kind: 'names', of: 'variable', rule: 'variable', values: text },
  sequence: listOf('variable', {
    kind: 'variant',
    title: 'a variable',
    anyOrder: true,
    variants: {
      name: {
        kind: 'object',
        title: 'a variable',
        keys: { name: variableName, value: text, readonly: boolean },
      },
      group: { kind: 'object', title: 'a variable group', keys: { group: requiredText } },
    },
  }),
};

export const demandsSchema: Schema = oneOrMore('demand', text);

export const poolSchema: Schema = {
  kind: 'forms',
  scalar: text,
  mapping: {
    kind: 'object',
    title: 'a pool',
    // The last three are of pools that build their machines on demand: undocumented, and common.
    keys: {
      name: text,
      vmImage: text,
      demands: demandsSchema,
      image: text,
      os: text,
      hostArchitecture: text,
    },
  },
};

export const containerKeys = {
  image: requiredText,
  endpoint: text,
  env: { ...texts, of: 'environment variable' },
  options: text,
  ports: oneOrMore('port', text),
  volumes: oneOrMore('volume', text),
  mapDockerSocket: boolean,
  mountReadOnly: {
    kind: 'object',
    title: 'mountReadOnly',
    keys: { work: boolean, externals: boolean, tools: boolean, tasks: boolean },
  },
  localImage: boolean,
} as const satisfies Readonly<Record<string, Schema>>;

export const containerSchema: Schema = {
  kind: 'forms',
  scalar: text,
  mapping: {
    kind: 'object',
    title: 'a container',
    keys: { alias: text, ...containerKeys },
    required: ['image'],
  },
};

export const servicesSchema: Schema = {
  kind: 'names',
  of: 'service',
  rule: 'any',
  values: containerSchema,
};

export const dependsOnSchema: Schema = oneOrMore('name', text);

export const workspaceSchema: Schema = {
  kind: 'object',
  title: 'a workspace',
  keys: { clean: choice('outputs', 'resources', 'all') },
};

export const usesSchema: Schema = {
  kind: 'object',
  title: 'uses',
  keys: {
    repositories: oneOrMore('repository alias', text),
    pools: oneOrMore('pool name', text),
  },
};

export const lockBehaviorSchema: Schema = choice('runLatest', 'sequential');

/** Only templates read it. */
export const templateContextSchema: Schema = anything;
