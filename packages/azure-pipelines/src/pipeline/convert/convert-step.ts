// One task step, its shortcut already resolved, and the lists that jobs and hooks have of them.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { shorten } from '../../diagnostic/did-you-mean.ts';
import { desugarStep, entry, scalar } from '../../schema/desugar-step.ts';
import { booleanOf, isUnexpanded } from '../../schema/read-word.ts';
import { type Entry, type MappingNode, textOf } from '../../text/node.ts';
import type { Origin } from '../../text/origin.ts';
import {
  checkoutTask,
  checkoutTaskId,
  isDownload,
  type Step,
  type StepTarget,
  type TaskReference,
} from '../step.ts';
import { nameSteps, type UnnamedStep } from './name-steps.ts';
import { entriesOf, mappingAt, mappingsAt, nodeAt, present, textAt, wordsAt } from './read-node.ts';

export interface ImplicitSteps {
  /** Options of a checkout of the pipeline's own repository, unless the steps say otherwise. */
  readonly checkout?: readonly Entry[];
  /** Artifacts to download first, unless the steps say otherwise: `current` and aliases. */
  readonly downloads?: readonly string[];
}

export function convertSteps(
  owner: MappingNode,
  implicit: ImplicitSteps,
  sink: DiagnosticSink,
): readonly Step[] {
  const written = mappingsAt(owner, 'steps').map(desugarStep);
  const all = [...implicitSteps(written, implicit, owner.origin), ...written];
  const steps = all.filter(isActive).flatMap((step) => stepOf(step, sink) ?? []);
  return nameSteps(steps, sink);
}

/** A step that is switched off still tells that its author wants no implicit one. */
function implicitSteps(
  written: readonly MappingNode[],
  { checkout, downloads = [] }: ImplicitSteps,
  origin: Origin,
): readonly MappingNode[] {
  const has = (test: (task: TaskReference) => boolean) =>
    written.some((step) => test(referenceOf(textAt(step, 'task')?.text ?? '')));
  const shortcut = (keyword: string, value: string, options: readonly Entry[] = []) =>
    desugarStep({
      kind: 'mapping',
      entries: [entry(keyword, scalar(value, origin), origin), ...options],
      origin,
    });
  const lacksCheckout = checkout !== undefined && !has(({ name }) => name === checkoutTask.name);
  const sources = has(({ name }) => isDownload(name)) ? [] : downloads;
  return [
    ...(lacksCheckout ? [shortcut('checkout', 'self', checkout)] : []),
    ...sources.map((source) => shortcut('download', source)),
  ];
}

/** `checkout: none` and `download: none` have spoken by now. */
function isActive(step: MappingNode): boolean {
  if (booleanOf(textAt(step, 'enabled')?.text ?? 'true') === false) return false;
  const { name } = referenceOf(textAt(step, 'task')?.text ?? '');
  const inputs = mappingAt(step, 'inputs');
  const key = name === checkoutTask.name ? 'repository' : isDownload(name) ? 'source' : undefined;
  const value = inputs && key !== undefined ? nodeAt(inputs, key) : undefined;
  return value === undefined || textOf(value)?.trim().toLowerCase() !== 'none';
}

function stepOf(step: MappingNode, sink: DiagnosticSink): UnnamedStep | undefined {
  const task = textAt(step, 'task');
  if (task === undefined) return undefined;
  const reference = referenceOf(task.text);
  if (isUnexpanded(task.text)) return undefined;
  if (reference.name === '' || !/^\d+(\.(\d+|\*)){0,2}$/.test(reference.version)) {
    const message = `"${shorten(task.text)}" is no task. Write its name, "@" and its major version, such as "Bash@3".`;
    sink.report('TASK_REFERENCE_INVALID', task.origin, message);
    return undefined;
  }
  const texts = {
    displayName: textAt(step, 'displayName'),
    condition: textAt(step, 'condition'),
    continueOnError: textAt(step, 'continueOnError'),
    timeoutInMinutes: textAt(step, 'timeoutInMinutes'),
    retryCountOnTaskFailure: textAt(step, 'retryCountOnTaskFailure'),
  };
  return {
    ...present({ name: textAt(step, 'name') }),
    task: reference,
    inputs: entriesOf(nodeAt(step, 'inputs')),
    env: entriesOf(nodeAt(step, 'env')),
    ...present(texts),
    ...present({ target: targetOf(step) }),
    enabled: true,
    origin: step.origin,
  };
}

/** Both parts may be empty: what is written may be anything. */
function referenceOf(task: string): TaskReference {
  const at = task.lastIndexOf('@');
  const name = (at === -1 ? task : task.slice(0, at)).trim();
  const version = at === -1 ? '' : task.slice(at + 1).trim();
  return name.toLowerCase() === checkoutTaskId ? checkoutTask : { name, version };
}

function targetOf(step: MappingNode): StepTarget | undefined {
  const node = nodeAt(step, 'target');
  const name = textAt(step, 'target');
  if (name !== undefined) return { container: name, commands: 'any' };
  if (node?.kind !== 'mapping') return undefined;
  const container = textAt(node, 'container') ?? { text: 'host', origin: node.origin };
  const isRestricted = textAt(node, 'commands')?.text.toLowerCase() === 'restricted';
  const settable = nodeAt(node, 'settableVariables');
  const names = settable?.kind === 'sequence' ? wordsAt(node, 'settableVariables') : [];
  return {
    container,
    commands: isRestricted ? 'restricted' : 'any',
    ...(settable !== undefined && { settableVariables: names }),
  };
}
