// How much an evaluation has made, so that no expression can ask for all memory.
import { ExpressionMistake } from './expression-mistake.ts';

/** What the original allows while it reads a pipeline. */
const maxEvaluationBytes = 20 * 1024 * 1024;

export class MemoryMeter {
  readonly #onAdd: ((bytes: number) => void) | undefined;
  #bytes = 0;

  /** `onAdd`: for whoever counts over many evaluations. */
  constructor(onAdd?: (bytes: number) => void) {
    this.#onAdd = onAdd;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    this.#onAdd?.(bytes);
    if (this.#bytes <= maxEvaluationBytes) return;
    throw new ExpressionMistake(
      'EXPRESSION_FAILED',
      0,
      'the expression makes more than 20 MB of data; make its texts and lists smaller',
    );
  }

  /** Counts a text, and gives it back. */
  addText(text: string): string {
    this.add(2 * text.length);
    return text;
  }
}
