// A step as it stands under `jobs`: its type, and the component that it names or holds.
import type { StepType } from '../job/step-types.ts';
import type { MapEntry, Token } from '../text/token.ts';
import type { Component } from './components.ts';
import { oneOf } from './convert-input.ts';
import type { FileScope } from './file-scope.ts';
import { entriesAt, mapAt, stringAt, stringTokenAt, valueAt } from './read-token.ts';

export const nodeTypes = [
  'command',
  'parallel',
  'sweep',
  'automl',
  'pipeline',
  'if_else',
  'do_while',
  'parallel_for',
] as const;
export type NodeType = StepType | 'pipeline';

export interface Node {
  readonly name: string;
  readonly entry: MapEntry;
  readonly token: Token;
  /** Null when it cannot be known: the type is not built, or the component missing or wrong. */
  readonly type: NodeType | null;
  /** Of a sweep: of its trial. */
  readonly component: Component | null;
}

export function readNode(entry: MapEntry, file: FileScope): Node {
  const { key: name, value: token } = entry;
  const stated = valueAt(token, 'type') === null ? null : stringAt(token, 'type');
  const node = { name, entry, token };
  if (stated === 'sweep') {
    const component = trialComponent(token, file, `the trial of step '${name}'`);
    return {
      ...node,
      type: component === undefined ? null : 'sweep',
      component: component ?? null,
    };
  }
  const component = componentOf(token, file, `step '${name}'`);
  if (component === undefined) return { ...node, type: null, component: null };
  if (component === null) {
    const type = valueAt(token, 'type') === null ? 'command' : oneOf(nodeTypes, stated);
    return { ...node, type: token.kind === 'map' ? type : null, component };
  }
  const { type } = component.body;
  if (stated !== null && stated !== type) reportType(node, stated, type, file);
  return { ...node, type, component };
}

/** Undefined when there should be one that cannot be had; null when there should be none. */
function componentOf(token: Token, file: FileScope, owner: string): Component | null | undefined {
  const value = valueAt(token, 'component');
  if (value === null) return null;
  const named = stringTokenAt(token, 'component');
  if (named !== null) return file.components.named(named, file) ?? undefined;
  return value.kind === 'map'
    ? (file.components.inline(value, file, owner) ?? undefined)
    : undefined;
}

/** A trial is a component where it is named, or declares its inputs. */
export function trialComponent(
  token: Token,
  file: FileScope,
  owner: string,
): Component | null | undefined {
  const named = stringTokenAt(token, 'trial');
  if (named !== null) {
    const component = file.components.named(named, file);
    if (component === null || component.body.type === 'command') return component ?? undefined;
    const message = `the trial of a sweep is a command component, and '${named.value}' is of type '${component.body.type}'; name another`;
    file.sink.report('KIND_MISMATCH', named.offset, message);
    return undefined;
  }
  const inline = mapAt(token, 'trial');
  if (inline?.entries.has('inputs') !== true) return null;
  const space = entriesAt(token, 'search_space');
  return file.components.inline(inline, file, owner, space) ?? undefined;
}

function reportType(
  { name, token }: { readonly name: string; readonly token: Token },
  stated: string,
  type: string,
  { sink }: FileScope,
): void {
  // A type that is not built is reported by the schema.
  if (oneOf(nodeTypes, stated) === null) return;
  const offset = valueAt(token, 'type')?.offset ?? token.offset;
  const message = `step '${name}' is of type '${stated}', and its component of type '${type}'; make them the same`;
  sink.report('KIND_MISMATCH', offset, message);
}
