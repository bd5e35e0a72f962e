// Values that expressions can read and that may be secret: which of them were read tells whether
// what comes out is secret too, and what a trace has to hide.

import type { ObjectEntry, ObjectValue } from '../expression/value.ts';
import { UnknownValue } from './unknown-value.ts';

export interface Readable {
  readonly value: string;
  readonly secret: boolean;
  /** In a plan: what it depends on. */
  readonly unknown?: string;
}

export class SecretReads {
  readonly #read = new Set<string>();
  readonly #isHidden: boolean;

  /** `hide`: what is read of a secret is `***`. */
  constructor(mode: 'hide' | 'give' = 'give') {
    this.#isHidden = mode === 'hide';
  }

  get any(): boolean {
    return this.#read.size > 0;
  }

  /** As an object of expressions; of two names that differ in letter case the later one stays. */
  objectOf(values: Iterable<readonly [string, Readable]>): ObjectValue {
    const entries = new Map<string, ObjectEntry>();
    for (const [name, value] of values) entries.set(name.toLowerCase(), this.#entry(name, value));
    return { kind: 'object', entries };
  }

  /** Called for values before they are shown. The longest first, as one may hold another. */
  readonly mask = (text: string): string => {
    const secrets = [...this.#read].filter(Boolean).sort((a, b) => b.length - a.length);
    return secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  };

  #entry(name: string, { value, secret, unknown }: Readable): ObjectEntry {
    if (unknown !== undefined) return unknownEntry(name, unknown);
    if (!secret) return { name, value };
    if (this.#isHidden) return { name, value: '***' };
    const read = () => {
      this.#read.add(value);
      return value;
    };
    return {
      name,
      get value() {
        return read();
      },
    };
  }
}

export function unknownEntry(name: string, what: string): ObjectEntry {
  return {
    name,
    get value(): never {
      throw new UnknownValue(what);
    },
  };
}
