// Bounds what a hostile pipeline can make of a few lines: loops in loops, texts and objects that
// double, templates that include each other twice.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Node } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';

/** Values looked at and turns of loops. */
const maxWork = 1_000_000;
/** About a character each; a real pipeline comes to a few hundred thousand. */
const maxOutput = 20 * 1024 * 1024;
/** Some seconds of work; a real pipeline makes a few megabytes. */
const maxMade = 128 * 1024 * 1024;
/** What a node costs besides its text. */
const nodeWeight = 16;
/** Levels of a value that an expression gives: a file can nest no deeper. */
const maxHeight = 100;

/** Ends the expansion; the sink holds the reason. */
export class ExpansionStopped extends Error {}

interface Measure {
  readonly weight: number;
  readonly height: number;
}

export class ExpansionBudget {
  readonly #sink: DiagnosticSink;
  readonly #measures = new WeakMap<Node, Measure>();
  #work = 0;
  #output = 0;
  #made = 0;

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  /** `amount`: of values that are only copied, a small part of their number. */
  spendWork(origin: Origin, amount = 1): void {
    this.#work += amount;
    if (this.#work > maxWork) this.#stop(origin, `takes more than ${maxWork} steps to expand`);
  }

  /** Texts and lists that expressions make on their way, and throw away. */
  spendMemory(bytes: number, origin: Origin): void {
    this.#made += bytes;
    if (this.#made > maxMade)
      this.#stop(origin, 'makes more than 128 MB of texts in its expressions');
  }

  spendText(length: number, origin: Origin): void {
    this.#output += nodeWeight + length;
    if (this.#output > maxOutput) this.#stop(origin, 'expands to more than 20 MB');
  }

  /** A value that stands in many places is one object in memory, but each place counts. */
  spendNode(node: Node, origin: Origin): void {
    const { weight, height } = this.#measure(node);
    if (height > maxHeight) this.#stop(origin, `nests values more than ${maxHeight} deep`);
    this.spendText(weight, origin);
  }

  #measure(node: Node): Measure {
    if (node.kind === 'scalar') {
      const length = typeof node.value === 'string' ? node.value.length : 0;
      return { weight: nodeWeight + length, height: 1 };
    }
    const known = this.#measures.get(node);
    if (known !== undefined) return known;
    const children = node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value);
    let weight = nodeWeight;
    let height = 0;
    for (const child of children) {
      const measure = this.#measure(child);
      weight += measure.weight;
      height = Math.max(height, measure.height);
    }
    const measure = { weight, height: height + 1 };
    this.#measures.set(node, measure);
    return measure;
  }

  #stop(origin: Origin, what: string): never {
    const message = `The pipeline ${what}, and it is here that it gets too large. Look for loops in loops, and for templates that include each other.`;
    this.#sink.report('EXPANSION_TOO_LARGE', origin, message);
    throw new ExpansionStopped(message);
  }
}
