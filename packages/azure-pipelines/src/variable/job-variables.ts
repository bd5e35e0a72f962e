// The variables of one job while its steps run: what is defined, what that expands to, and what
// processes get to see of it.

import { environmentName, fitsEnvironment, isEnvironmentName } from './environment-name.ts';
import { expandVariables } from './expand-variables.ts';
import { expandMacros, type MacroSource } from './macro.ts';
import type { SecretMasker } from './secret-masker.ts';

export interface JobVariable {
  /** As it was first written. */
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly readonly: boolean;
  /** Its name is not upper-cased in the environment. */
  readonly preserveCase?: boolean;
}

export interface VariableFlags {
  readonly secret?: boolean;
  readonly readonly?: boolean;
  readonly preserveCase?: boolean;
}

export class JobVariables {
  readonly #defined = new Map<string, JobVariable>();
  readonly #masker: SecretMasker;
  #expanded = new Map<string, JobVariable>();
  readonly #warnings = new Set<string>();
  #isDirty = false;
  #longestName = 0;

  constructor(masker: SecretMasker) {
    this.#masker = masker;
  }

  /** Takes a value whatever was there before. It is expanded at the next `recalculate`. */
  set(name: string, value: string, flags: VariableFlags = {}): void {
    const key = name.toLowerCase();
    const before = this.#expanded.get(key);
    // What has been a secret stays one: its new value most likely is made of the old one.
    const secret = flags.secret === true || before?.secret === true;
    if (secret) this.#masker.add(value);
    const preserveCase = flags.preserveCase === true ? { preserveCase: true } : {};
    const readonly = flags.readonly === true;
    this.#put(key, { name: before?.name ?? name, value, secret, readonly, ...preserveCase });
  }

  #put(key: string, variable: JobVariable): void {
    this.#defined.set(key, variable);
    this.#expanded.set(key, variable);
    this.#longestName = Math.max(this.#longestName, key.length);
    this.#isDirty = true;
  }

  /** Expands all variables among each other, as before every step; gives the warnings that it has
   * not given before. */
  recalculate(): readonly string[] {
    if (!this.#isDirty) return [];
    this.#isDirty = false;
    const { variables, warnings } = expandVariables(this.#defined);
    this.#expanded = new Map(variables);
    for (const variable of variables.values()) {
      if (variable.secret) this.#masker.add(variable.value);
    }
    const news = warnings.filter((warning) => !this.#warnings.has(warning));
    for (const warning of news) this.#warnings.add(warning);
    return news;
  }

  find(name: string): JobVariable | undefined {
    return this.#expanded.get(name.toLowerCase());
  }

  get(name: string): string | undefined {
    return this.find(name)?.value;
  }

  names(): string[] {
    return [...this.#expanded.values()].map((variable) => variable.name);
  }

  all(): Iterable<JobVariable> {
    return this.#expanded.values();
  }

  isTrue(name: string): boolean {
    return this.get(name)?.toLowerCase() === 'true';
  }

  /** Replaces the macros of an input, an env value or a display name. */
  expand(text: string): string {
    return expandMacros(text, this.#source);
  }

  get #source(): MacroSource {
    return { longestName: this.#longestName, find: (name) => this.get(name) };
  }

  /** What every process gets: all but the secrets. `left` are those that no process can take. */
  environment(): { readonly env: Record<string, string>; readonly left: readonly string[] } {
    const env: Record<string, string> = {};
    const left: string[] = [];
    for (const { name, value, secret, preserveCase } of this.#expanded.values()) {
      if (secret) continue;
      const envName = environmentName(name, preserveCase);
      if (isEnvironmentName(envName) && fitsEnvironment(envName, value)) env[envName] = value;
      else left.push(name);
    }
    return { env, left };
  }
}
