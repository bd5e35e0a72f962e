// What an evaluation tells about itself, in the words of the original agent.
import { castToText } from './casts.ts';
import { quote } from './print-expression.ts';
import { kindOf, type Value } from './value.ts';

/** Where trace lines go. */
export interface TraceSink {
  /** `Evaluating: …`, `Expanded: …`, `Result: …`. */
  info(line: string): void;
  /** Every step of the evaluation; shown when a pipeline is debugged. */
  verbose?(line: string): void;
  /** Hides secrets of a value before its quotes are doubled. */
  mask?(text: string): string;
}

/** A value as traces show it: `'text'`, `True`, `1.5`, `v1.2.3`, `Object`. */
export function traceText(value: Value, mask: (text: string) => string = (text) => text): string {
  const kind = kindOf(value);
  const text = castToText(value);
  if (value === null || text === undefined) return kind;
  if (kind === 'String') return quote(mask(text));
  if (kind === 'Boolean') return text;
  if (kind === 'Version') return `v${mask(text)}`;
  return kind === 'DateTime' ? mask(`(DateTime)${text}`) : mask(text);
}

/** Writes indented lines of one node of the tree. */
export class NodeTrace {
  readonly #sink: TraceSink;
  readonly #indent: string;

  constructor(sink: TraceSink, level: number) {
    this.#sink = sink;
    this.#indent = '..'.repeat(level);
  }

  evaluating(what: string): void {
    this.#sink.verbose?.(`${this.#indent}Evaluating ${what}:`);
  }

  value(value: Value): void {
    const { mask } = this.#sink;
    const text = traceText(value, mask === undefined ? undefined : (plain) => mask(plain));
    this.#sink.verbose?.(`${this.#indent}=> ${text}`);
  }

  castFailed(from: string, to: string): void {
    this.#sink.verbose?.(`${this.#indent}=> Unable to coerce ${from} to ${to}.`);
  }
}
