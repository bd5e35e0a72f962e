// Resources of all kinds, and the list of repositories of the oldest files.

import {
  alias,
  boolean,
  choice,
  listOf,
  oneOrMore,
  requiredText,
  type Schema,
  text,
} from './schema-types.ts';
import { filtersSchema, pushTriggerSchema } from './trigger-schema.ts';
import { containerKeys } from './work-schema.ts';

const checkoutOptions = { clean: text, fetchDepth: text, lfs: text };

const repository: Schema = {
  kind: 'object',
  title: 'a repository resource',
  keys: {
    repository: alias,
    type: choice('git', 'github', 'githubenterprise', 'bitbucket'),
    name: text,
    ref: text,
    endpoint: text,
    project: text,
    trigger: pushTriggerSchema,
    ...checkoutOptions,
  },
  required: ['repository'],
};

const pipeline: Schema = {
  kind: 'object',
  title: 'a pipeline resource',
  keys: {
    pipeline: alias,
    connection: text,
    project: text,
    source: text,
    version: text,
    branch: text,
    tags: oneOrMore('tag', text),
    trigger: {
      kind: 'forms',
      scalar: text,
      mapping: {
        kind: 'object',
        title: "a pipeline resource's trigger",
        keys: {
          enabled: boolean,
          branches: filtersSchema,
          tags: oneOrMore('tag', text),
          stages: oneOrMore('stage', text),
        },
        misplaced: { include: 'Put it below "branches".', exclude: 'Put it below "branches".' },
      },
    },
  },
  required: ['pipeline'],
};

const container: Schema = {
  kind: 'object',
  title: 'a container resource',
  keys: {
    container: alias,
    ...containerKeys,
    image: text,
    type: text,
    azureSubscription: text,
    resourceGroup: text,
    registry: text,
    repository: text,
    trigger: {
      kind: 'forms',
      scalar: text,
      mapping: {
        kind: 'object',
        title: "a container resource's trigger",
        keys: { enabled: boolean, tags: filtersSchema },
      },
    },
  },
  required: ['container'],
};

const build: Schema = {
  kind: 'object',
  title: 'a build resource',
  keys: {
    build: alias,
    type: text,
    connection: text,
    source: text,
    version: text,
    branch: text,
    trigger: text,
  },
  required: ['build', 'type'],
};

const packageResource: Schema = {
  kind: 'object',
  title: 'a package resource',
  keys: {
    package: alias,
    type: text,
    connection: text,
    name: text,
    version: text,
    tag: text,
    trigger: text,
  },
  required: ['package', 'type', 'connection', 'name'],
};

const webhook: Schema = {
  kind: 'object',
  title: 'a webhook resource',
  keys: {
    webhook: alias,
    connection: text,
    type: text,
    filters: listOf('filter', {
      kind: 'object',
      title: 'a webhook filter',
      keys: { path: requiredText, value: text },
      required: ['path'],
    }),
  },
  required: ['webhook', 'connection'],
};

export const resourcesSchema: Schema = {
  kind: 'forms',
  sequence: listOf('repository', {
    kind: 'object',
    title: 'a repository',
    keys: { repo: text, ...checkoutOptions },
    legacy: { repo: 'repositories' },
  }),
  mapping: {
    kind: 'object',
    title: 'resources',
    keys: {
      repositories: listOf('repository', repository),
      pipelines: listOf('pipeline', pipeline),
      containers: listOf('container', container),
      builds: listOf('build', build),
      packages: listOf('package', packageResource),
      webhooks: listOf('webhook', webhook),
    },
  },
};
