// What the fit of a configuration will take: the family's own guess, corrected by what its fits and
// all fits have taken so far. Owns no budget.
import type { Candidate } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { ProblemFacts } from '../problem/problem.ts';

/** How much a new measurement moves the correction. */
const weightOfNew = 0.4;

export class CostModel {
  readonly #facts: ProblemFacts;
  readonly #corrections = new Map<string, number>();
  #general = 1;

  constructor(facts: ProblemFacts) {
    this.#facts = facts;
  }

  /** Milliseconds of one fit on so many rows. */
  predictMs(candidate: Candidate, rows: number): number {
    return (
      this.#guessMs(candidate, rows) * (this.#corrections.get(candidate.learner) ?? this.#general)
    );
  }

  learn(candidate: Candidate, rows: number, tookMs: number): void {
    const ratio = Math.min(20, Math.max(0.05, tookMs / this.#guessMs(candidate, rows)));
    const known = this.#corrections.get(candidate.learner);
    const corrected = known === undefined ? ratio : known * (1 - weightOfNew) + ratio * weightOfNew;
    this.#corrections.set(candidate.learner, corrected);
    const all = [...this.#corrections.values()];
    this.#general = Math.exp(all.reduce((sum, each) => sum + Math.log(each), 0) / all.length);
  }

  #guessMs({ learner, parameters }: Candidate, rows: number): number {
    return Math.max(1, 1000 * learners[learner].cost(this.#facts, parameters, rows));
  }
}
