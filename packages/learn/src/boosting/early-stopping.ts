// Watches the validation loss: which round was the best, and when there is no hope of a better one.

export class EarlyStopping {
  /** Loss after each round. */
  readonly curve: number[] = [];
  readonly #patience: number;
  readonly #tolerance: number;
  #best = Number.POSITIVE_INFINITY;
  #bestRound = 0;

  /** @param startLoss the loss without any tree. */
  constructor(patience: number, tolerance: number, startLoss: number) {
    this.#patience = patience;
    this.#tolerance = tolerance;
    this.#best = startLoss;
  }

  /** Number of rounds that the model is to keep; 0 where none was better than none. */
  get bestIteration(): number {
    return this.#bestRound;
  }

  /** Notes the loss of the next round; returns whether it is the best so far. */
  note(loss: number): boolean {
    this.curve.push(loss);
    if (!(loss < this.#best - this.#tolerance)) return false;
    this.#best = loss;
    this.#bestRound = this.curve.length;
    return true;
  }

  get isOver(): boolean {
    return this.curve.length - this.#bestRound >= this.#patience;
  }
}
