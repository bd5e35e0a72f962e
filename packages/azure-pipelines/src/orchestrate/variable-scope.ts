// The variables of one place while they are gathered: later ones replace earlier ones of the same
// name, whatever its letter case, except those that are pinned.

import type { Variables, VariableValue } from './variable-value.ts';

export interface VariableScope {
  /** By name in lower case, in the order in which names first came up. */
  readonly entries: Map<string, ScopeEntry>;
}

export interface ScopeEntry extends VariableValue {
  readonly name: string;
  /** Nothing that comes later replaces it. */
  readonly pinned: boolean;
  /** In a plan: what its value depends on, which only a run can know. */
  readonly unknown?: string;
}

export function emptyScope(): VariableScope {
  return { entries: new Map() };
}

export function lookUp(scope: VariableScope, name: string): ScopeEntry | undefined {
  return scope.entries.get(name.toLowerCase());
}

export function define(
  scope: VariableScope,
  name: string,
  value: VariableValue & Pick<ScopeEntry, 'unknown'>,
): void {
  put(scope, { ...value, name, pinned: false });
}

export function pin(scope: VariableScope, name: string, value: VariableValue): void {
  put(scope, { ...value, name, pinned: true });
}

export function toVariables(scope: VariableScope): Variables {
  return new Map(
    [...scope.entries.values()].map(({ name, value, secret, readonly }) => [
      name,
      { value, secret, readonly },
    ]),
  );
}

function put(scope: VariableScope, entry: ScopeEntry): void {
  const key = entry.name.toLowerCase();
  if (scope.entries.get(key)?.pinned !== true) scope.entries.set(key, entry);
}
