// A step shortcut becomes the task that it stands for; a task step stays as it is.

import {
  type Entry,
  entryOf,
  type MappingNode,
  type Node,
  type ScalarNode,
  textOf,
} from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { type Shortcut, shortcuts } from './shortcuts.ts';
import { stepKeys } from './step-schema.ts';

export function desugarStep(step: MappingNode): MappingNode {
  const keyword = step.entries.find(({ key }) => Object.hasOwn(shortcuts, key.text));
  const shortcut = keyword === undefined ? undefined : shortcuts[keyword.key.text];
  if (keyword === undefined || shortcut === undefined || entryOf(step, 'task')) return step;
  const { origin } = keyword.key;
  const inputs: MappingNode = {
    kind: 'mapping',
    entries: inputsOf(step, keyword, shortcut),
    origin,
  };
  const task = entry('task', scalar(shortcut.task, origin), origin);
  const common = step.entries.filter(({ key }) => Object.hasOwn(stepKeys, key.text));
  return { ...step, entries: [task, ...common, entry('inputs', inputs, origin)] };
}

function inputsOf(step: MappingNode, keyword: Entry, shortcut: Shortcut): readonly Entry[] {
  if (keyword.key.text === 'download') return downloadInputs(step, keyword);
  const { origin } = keyword.key;
  const fixed = Object.entries(shortcut.fixed ?? {});
  return [
    ...fixed.map(([name, value]) => entry(name, scalar(value, origin), origin)),
    entry(shortcut.input, keyword.value, origin),
    ...ownInputs(step, shortcut),
  ];
}

function ownInputs(step: MappingNode, { keys, renamed = {} }: Shortcut): readonly Entry[] {
  return step.entries
    .filter(({ key }) => Object.hasOwn(keys, key.text))
    .map(({ key, value }) => entry(renamed[key.text] ?? key.text, value, key.origin));
}

/** The shortcut puts artifacts into folders where the task does not, so the folder is spelled out:
 * that of the source, unless it is this run, and that of the artifact. */
function downloadInputs(step: MappingNode, { key, value }: Entry): readonly Entry[] {
  const own = ['artifact', 'patterns', 'path'].flatMap((name) => entryOf(step, name) ?? []);
  const source = entry('source', value, key.origin);
  const word = textOf(value) ?? '';
  if (word === 'none' || entryOf(step, 'path') !== undefined) return [source, ...own];
  const artifact = entryOf(step, 'artifact')?.value;
  const folders = [word === 'current' ? '' : word, (artifact && textOf(artifact)) ?? ''];
  const path = ['$(Pipeline.Workspace)', ...folders.filter((part) => part !== '')].join('/');
  return [source, ...own, entry('path', scalar(path, value.origin), key.origin)];
}

export function entry(text: string, value: Node, origin: Origin): Entry {
  return { key: { text, origin }, value };
}

export function scalar(value: string, origin: Origin): ScalarNode {
  return { kind: 'scalar', value, origin };
}
