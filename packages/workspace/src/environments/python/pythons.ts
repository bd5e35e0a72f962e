// The interpreters that were found before: asking one for its version takes longer than many a step.
import { access } from 'node:fs/promises';
import { nullIfMissing } from '../../files/fs-errors.ts';
import type { VersionRule } from '../version-rule.ts';
import { findPython, type Python } from './find-python.ts';

export class Pythons {
  readonly #found = new Map<string, Python>();

  /** @throws RidgelineError ENVIRONMENT_TOOL_MISSING */
  async find(rules: readonly VersionRule[], who: string, signal?: AbortSignal): Promise<Python> {
    const key = rules.join(',');
    const known = this.#found.get(key);
    if (known !== undefined && (await isThere(known.executable))) return known;
    const python = await findPython(rules, who, signal);
    this.#found.set(key, python);
    return python;
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await nullIfMissing(access(file).then(() => true))) ?? false;
}
