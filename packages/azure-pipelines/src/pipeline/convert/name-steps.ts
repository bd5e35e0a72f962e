// Reference names: what later steps call a step by, whether the file names it or not.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { shorten } from '../../diagnostic/did-you-mean.ts';
import { sanitizeName } from '../../schema/name-rule.ts';
import type { Text } from '../pipeline.ts';
import type { Step } from '../step.ts';

export type UnnamedStep = Omit<Step, 'refName' | 'hasOwnName'> & { readonly name?: Text };

/** A task that stands once gives its name; of several, each gets a number: `CmdLine1`. */
export function nameSteps(steps: readonly UnnamedStep[], sink: DiagnosticSink): readonly Step[] {
  const taken = ownNames(steps, sink);
  const counts = new Map<string, number>();
  for (const { name, task } of steps) {
    const base = sanitizeName(task.name).toLowerCase();
    if (name === undefined) counts.set(base, (counts.get(base) ?? 0) + 1);
  }
  const generator = new NameGenerator(taken, counts);
  return steps.map(({ name, ...step }) => {
    if (name !== undefined) return { ...step, refName: name.text, hasOwnName: true };
    return { ...step, refName: generator.nameFor(step.task.name) };
  });
}

function ownNames(steps: readonly UnnamedStep[], sink: DiagnosticSink): Set<string> {
  const taken = new Set<string>();
  for (const name of steps.flatMap((step) => step.name ?? [])) {
    if (taken.has(name.text.toLowerCase())) {
      const message = `Two steps of one job are named "${shorten(name.text)}". Rename one.`;
      sink.report('NAME_TAKEN', name.origin, message);
    }
    taken.add(name.text.toLowerCase());
  }
  return taken;
}

class NameGenerator {
  readonly #taken: Set<string>;
  /** How many steps share a base name. */
  readonly #counts: ReadonlyMap<string, number>;
  readonly #last = new Map<string, number>();

  constructor(taken: Set<string>, counts: ReadonlyMap<string, number>) {
    this.#taken = taken;
    this.#counts = counts;
  }

  nameFor(task: string): string {
    const base = sanitizeName(task);
    const key = base.toLowerCase();
    if (this.#counts.get(key) === 1 && !this.#taken.has(key)) return this.#take(base);
    let number = this.#last.get(key) ?? 0;
    do number += 1;
    while (this.#taken.has(`${key}${number}`));
    this.#last.set(key, number);
    return this.#take(`${base}${number}`);
  }

  #take(name: string): string {
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
