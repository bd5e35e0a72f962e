// What starts a run: pushes, pull requests and schedules.

import {
  boolean,
  type ListSchema,
  listOf,
  oneOrMore,
  requiredText,
  type Schema,
  text,
} from './schema-types.ts';

const patterns: ListSchema = oneOrMore('pattern', text);

export const filtersSchema: Schema = {
  kind: 'forms',
  scalar: text,
  sequence: patterns,
  mapping: {
    kind: 'object',
    title: 'a filter',
    keys: { include: patterns, exclude: patterns },
  },
};

const pathAdvice = 'Write "paths:" with "include:" or "exclude:" below it.';
const branchAdvice = 'Write "branches:".';

export const pushTriggerSchema: Schema = {
  kind: 'forms',
  scalar: text,
  sequence: patterns,
  mapping: {
    kind: 'object',
    title: 'a trigger',
    keys: {
      batch: boolean,
      enabled: boolean,
      branches: filtersSchema,
      paths: filtersSchema,
      tags: filtersSchema,
    },
    misplaced: {
      include: 'Put it below "branches", "paths" or "tags".',
      exclude: 'Put it below "branches", "paths" or "tags".',
      path: pathAdvice,
      branch: branchAdvice,
    },
  },
};

export const pullRequestTriggerSchema: Schema = {
  kind: 'forms',
  scalar: text,
  sequence: patterns,
  mapping: {
    kind: 'object',
    title: 'a pull request trigger',
    keys: {
      autoCancel: boolean,
      enabled: boolean,
      branches: filtersSchema,
      paths: filtersSchema,
      drafts: boolean,
    },
    misplaced: { tags: 'Pull requests have no tags.', path: pathAdvice, branch: branchAdvice },
  },
};

export const schedulesSchema: Schema = listOf('schedule', {
  kind: 'object',
  title: 'a schedule',
  keys: {
    cron: requiredText,
    displayName: text,
    branches: filtersSchema,
    batch: boolean,
    always: boolean,
  },
  required: ['cron'],
});
