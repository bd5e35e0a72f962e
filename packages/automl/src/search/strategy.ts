// What to try next: the portfolio in its order (./halving.ts), then a local search around the best of
// it. Decides by the trials that it is shown, in the order of their numbers, so that the same trials
// shown give the same proposals.
import { mixSeed } from '../evaluation/random-rows.ts';
import type { Candidate } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { ProblemFacts } from '../problem/problem.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import type { Evaluated } from './evaluated.ts';
import { Halving, type Sized, type TimeLeft } from './halving.ts';
import { byLoss } from './ledger.ts';
import { LocalSearch } from './local-search.ts';
import type { SearchPhase } from './search-types.ts';

export interface Proposal extends Sized {
  readonly phase: SearchPhase;
}

type StrategySettings = Pick<AutoMLSettings, 'seed' | 'enableEarlyTermination'>;

/** Local trials without a better one that end the search. */
const patience = 30;
/** Below so many rows the number of local trials is bounded by them. */
const fewRows = 1_000;
/** Families that are searched further, at most. */
const mostSearched = 3;

export class Strategy {
  readonly #facts: ProblemFacts;
  readonly #seed: number;
  readonly #stopsEarly: boolean;
  readonly #halving: Halving;
  readonly #searches = new Map<number, LocalSearch>();
  readonly #pending = new Map<number, LocalSearch>();
  readonly #localNumbers = new Set<number>();
  readonly #tried = new Set<string>();
  #stalled = false;

  constructor(facts: ProblemFacts, portfolio: readonly Candidate[], settings: StrategySettings) {
    const { seed, enableEarlyTermination } = settings;
    this.#stopsEarly = enableEarlyTermination;
    this.#facts = facts;
    this.#seed = seed;
    this.#halving = new Halving(facts.rowCount, portfolio);
  }

  /** @param shown finished trials by number; `number` is the one to come. Null: nothing for now. */
  next(shown: readonly Evaluated[], number: number, time: TimeLeft): Proposal | null {
    this.#tell(shown);
    const first = this.#halving.next(shown, number, time);
    if (first !== null) return { ...first, phase: number <= 2 ? 'floor' : 'portfolio' };
    const local = this.#fromSearch(shown, number, time);
    if (local !== null) return { ...local, phase: 'local' };
    const leftOver = this.#halving.leftOver(time);
    return leftOver && { ...leftOver, phase: 'portfolio' };
  }

  /** Whether the local search was given up. */
  get hasStalled(): boolean {
    return this.#stalled;
  }

  #fromSearch(shown: readonly Evaluated[], number: number, time: TimeLeft): Sized | null {
    if (!this.#halving.isDone) return null;
    this.#stalled = this.#isStalled(shown);
    if (this.#stalled) return null;
    const mostRows = mostSampleRows(shown);
    const sampleRows = mostRows >= this.#facts.rowCount ? null : mostRows;
    for (const family of this.#searchable(shown, number)) {
      const search = this.#searches.get(family.trial.number) ?? this.#begun(family);
      const candidate = this.#fresh(search, family.candidate, number);
      if (candidate === null) continue;
      if (time.fit(candidate, sampleRows) !== candidate) {
        search.tell(number, Number.POSITIVE_INFINITY);
        continue;
      }
      this.#pending.set(number, search);
      return { candidate, sampleRows };
    }
    return null;
  }

  /** Whether the last local trials brought nothing: with few rows, more of them only find luck. */
  #isStalled(shown: readonly Evaluated[]): boolean {
    const local = shown.filter(({ trial }) => this.#localNumbers.has(trial.number));
    const best = byLoss(shown)[0]?.trial.number ?? 0;
    const since = local.filter(({ trial }) => trial.number > best).length;
    const few = this.#facts.rowCount < fewRows;
    const most = few ? Math.max(8, this.#facts.rowCount / 15) : Number.POSITIVE_INFINITY;
    return local.length >= most || (this.#stopsEarly && since >= patience);
  }

  /** A proposal that was not tried before; null where rounding leaves none near. */
  #fresh(
    search: LocalSearch,
    { learner, parameters }: Candidate,
    number: number,
  ): Candidate | null {
    for (let attempt = 0; attempt < 10; attempt++) {
      const proposed = { ...parameters, ...search.propose(number) };
      const candidate = {
        learner,
        description: `${learner} near the best of it`,
        parameters: proposed,
      };
      if (this.#isNew(candidate)) return candidate;
      search.tell(number, Number.POSITIVE_INFINITY);
    }
    return null;
  }

  #isNew({ learner, parameters }: Candidate): boolean {
    const key = `${learner} ${JSON.stringify(parameters)}`;
    if (this.#tried.has(key)) return false;
    this.#tried.add(key);
    return true;
  }

  /** The best trial of each family, the better families more often first. */
  #searchable(shown: readonly Evaluated[], number: number): readonly Evaluated[] {
    const mostRows = mostSampleRows(shown);
    const full = byLoss(
      shown.filter(({ trial, loss }) => {
        return (
          Number.isFinite(loss) &&
          !this.#localNumbers.has(trial.number) &&
          trial.sampleRows >= mostRows
        );
      }),
    );
    const bestOfFamily = full.filter((each, at) => {
      const { learner } = each.candidate;
      const isFirst = full.findIndex((other) => other.candidate.learner === learner) === at;
      const isDone = this.#searches.get(each.trial.number)?.isDone ?? false;
      return isFirst && !isDone && learners[learner].space(this.#facts).length > 0;
    });
    // Two of three steps go to the best family, the third to the next one.
    const promising = bestOfFamily.slice(0, mostSearched);
    const turn = number % 3 === 2 && promising.length > 1 ? 1 : 0;
    return [...promising.slice(turn), ...promising.slice(0, turn)];
  }

  #begun({ trial, candidate, loss }: Evaluated): LocalSearch {
    const space = learners[candidate.learner].space(this.#facts);
    const seed = mixSeed(this.#seed, trial.number, 77);
    const search = new LocalSearch(space, candidate.parameters, loss, seed);
    this.#searches.set(trial.number, search);
    return search;
  }

  #tell(shown: readonly Evaluated[]): void {
    for (const { trial, loss } of shown) {
      const search = this.#pending.get(trial.number);
      if (search === undefined) continue;
      this.#pending.delete(trial.number);
      this.#localNumbers.add(trial.number);
      search.tell(trial.number, loss);
    }
  }
}

/** The rows of the largest sample that a trial has seen. */
function mostSampleRows(shown: readonly Evaluated[]): number {
  return shown.reduce((most, { trial, loss }) => {
    return Number.isFinite(loss) ? Math.max(most, trial.sampleRows) : most;
  }, 0);
}
