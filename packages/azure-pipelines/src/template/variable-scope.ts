// The variables that are known while compiling: those of the system, and those that the file has
// defined above the place in question. All are texts.

import type { ObjectEntry, ObjectValue } from '../expression/value.ts';

export class VariableScope {
  readonly value: ObjectValue;
  readonly #entries: Map<string, ObjectEntry>;
  /** Of the system: no file can change them. */
  readonly #fixed: ReadonlySet<string>;

  private constructor(entries: Map<string, ObjectEntry>, fixed: ReadonlySet<string>) {
    this.#entries = entries;
    this.#fixed = fixed;
    this.value = { kind: 'object', entries };
  }

  static of(predefined: ReadonlyMap<string, string>): VariableScope {
    const entries = [...predefined].map(
      ([name, value]) => [name.toLowerCase(), { name, value }] as const,
    );
    return new VariableScope(new Map(entries), new Set(entries.map(([name]) => name)));
  }

  /** For a stage or job: sees what is here now, and defines for itself. */
  child(): VariableScope {
    return new VariableScope(new Map(this.#entries), this.#fixed);
  }

  get size(): number {
    return this.#entries.size;
  }

  define(name: string, value: string): void {
    const key = name.toLowerCase();
    if (!this.#fixed.has(key)) this.#entries.set(key, { name, value });
  }
}
