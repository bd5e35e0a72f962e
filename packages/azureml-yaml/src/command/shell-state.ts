// Where a reading of a shell command stands: what is open, what was found, whether it lost its way.
import type { TemplateExpression } from '../expression/template.ts';
import { HereDocuments } from './here-documents.ts';
import type { Placement, QuoteContext } from './shell-placement.ts';

/** What is open. `arithmetic` stands on a `paren`, as `((` opens both. */
export type Frame = 'paren' | 'arithmetic' | 'double';

export const refusals = {
  backslash: 'stands right after a backslash; remove the backslash',
  dollar: "stands right after a '$'; put the '$' in quotes or remove it",
  backticks: 'stands inside backticks; write $(…) instead of `…`',
  arithmetic:
    'stands inside or after arithmetic, where a value could be run as code; pass it to your program',
  expansion:
    'stands inside or after a ${…} that holds quotes or expressions; assign it to a variable before',
  array: 'stands inside or after an array, which a POSIX shell does not have; use plain variables',
  hereDocument: 'stands inside a here-document; assign it to a variable before, and use that',
} as const;

export class ShellState {
  readonly text: string;
  readonly hereDocuments: HereDocuments;
  at = 0;
  /** Whether a word would begin here, so that `#` begins a comment. */
  wordStart = true;
  readonly #frames: Frame[] = [];
  readonly #expressions: readonly TemplateExpression[];
  readonly #placements: Placement[] = [];
  #lost: string | null = null;

  /** `expressions`: in the order of the text. */
  constructor(text: string, expressions: readonly TemplateExpression[]) {
    this.text = text;
    this.hereDocuments = new HereDocuments(text);
    this.#expressions = expressions;
  }

  get char(): string {
    return this.text[this.at] ?? '';
  }

  get done(): boolean {
    return this.at >= this.text.length || this.#lost !== null;
  }

  get top(): Frame | undefined {
    return this.#frames.at(-1);
  }

  isInside(...frames: readonly Frame[]): boolean {
    return this.#frames.some((open) => frames.includes(open));
  }

  open(frame: Frame, length: number): void {
    this.#frames.push(frame);
    this.move(length, frame !== 'double');
  }

  close(): void {
    this.#frames.pop();
    this.move(1, false);
  }

  move(length: number, wordStart: boolean): void {
    this.at += length;
    this.wordStart = wordStart;
  }

  /** The expression that begins at `index`, which is not behind the reader. */
  expressionAt(index: number): TemplateExpression | null {
    const next = this.#expressions[this.#placements.length];
    return next?.start === index ? next : null;
  }

  /** Places the next expression and moves behind it. */
  place(expression: TemplateExpression, context: QuoteContext, refusal: string | null): void {
    this.#placements.push(
      refusal === null
        ? { expression, context, refusal: null }
        : { expression, context: null, refusal },
    );
    this.at = expression.end;
    this.wordStart = false;
  }

  /** Everything up to `end` is one context; the reader then stands there, or behind an expression
   * that reaches beyond it. */
  placeUntil(end: number, context: QuoteContext, refusal: string | null): void {
    for (;;) {
      const next = this.#expressions[this.#placements.length];
      if (next === undefined || next.start >= end) break;
      this.place(next, context, refusal);
    }
    this.at = Math.max(this.at, end);
  }

  /** From here on the reader cannot be sure; what follows is refused for `reason`. */
  lose(reason: string): void {
    this.#lost ??= reason;
  }

  /** One placement for each expression. */
  finish(): Placement[] {
    this.placeUntil(Number.POSITIVE_INFINITY, 'unquoted', this.#lost ?? refusals.expansion);
    return this.#placements;
  }
}
