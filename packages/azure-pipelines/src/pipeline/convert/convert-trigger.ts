// `trigger`, `pr` and `schedules` in all their forms.

import { booleanOf } from '../../schema/read-word.ts';
import { type MappingNode, type Node, textOf } from '../../text/node.ts';
import {
  type Filters,
  impliedPullRequestTrigger,
  impliedPushTrigger,
  noFilters,
  type PullRequestTrigger,
  type PushTrigger,
  type Schedule,
} from '../../trigger/trigger.ts';
import { flagAt, mappingsAt, nodeAt, present, textAt, wordsAt } from './read-node.ts';

/** A list, or one pattern, is what to include. */
export function convertFilters(node: Node | undefined): Filters {
  if (node === undefined) return noFilters;
  if (node.kind === 'mapping') {
    return { include: wordsAt(node, 'include'), exclude: wordsAt(node, 'exclude') };
  }
  return { include: patternsOf(node), exclude: [] };
}

function patternsOf(node: Node): readonly string[] {
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.map((item) => textOf(item) ?? '').filter((pattern) => pattern !== '');
}

/** `none` and `false`; an empty value is as good as no key. */
function isOff(node: Node): boolean {
  const word = textOf(node);
  return word !== undefined && (word.trim().toLowerCase() === 'none' || booleanOf(word) === false);
}

/** True where the file says only that there is a trigger. */
function isOn(node: Node): boolean {
  const word = textOf(node);
  return word !== undefined && (word === '' || booleanOf(word) === true);
}

export function convertPushTrigger(node: Node | undefined): PushTrigger | undefined {
  if (node === undefined) return undefined;
  if (isOff(node)) return { ...impliedPushTrigger, enabled: false };
  if (isOn(node)) return impliedPushTrigger;
  if (node.kind !== 'mapping') return { ...impliedPushTrigger, branches: convertFilters(node) };
  return {
    enabled: flagAt(node, 'enabled', true),
    batch: flagAt(node, 'batch', false),
    branches: convertFilters(nodeAt(node, 'branches')),
    paths: convertFilters(nodeAt(node, 'paths')),
    tags: convertFilters(nodeAt(node, 'tags')),
  };
}

export function convertPullRequestTrigger(node: Node | undefined): PullRequestTrigger | undefined {
  if (node === undefined) return undefined;
  const implied = impliedPullRequestTrigger;
  if (isOff(node)) return { ...implied, enabled: false };
  if (isOn(node)) return implied;
  if (node.kind !== 'mapping') return { ...implied, branches: convertFilters(node) };
  return {
    enabled: flagAt(node, 'enabled', true),
    autoCancel: flagAt(node, 'autoCancel', true),
    branches: convertFilters(nodeAt(node, 'branches')),
    paths: convertFilters(nodeAt(node, 'paths')),
    drafts: flagAt(node, 'drafts', true),
  };
}

export function convertSchedules(root: MappingNode): readonly Schedule[] {
  return mappingsAt(root, 'schedules').map((item) => ({
    cron: textAt(item, 'cron')?.text ?? '',
    ...present({ displayName: textAt(item, 'displayName')?.text }),
    branches: convertFilters(nodeAt(item, 'branches')),
    batch: flagAt(item, 'batch', false),
    always: flagAt(item, 'always', false),
    origin: item.origin,
  }));
}
