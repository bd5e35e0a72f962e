// What to try next: the portfolio in its order, then a local search around the best of it. Where there
// are many rows, the portfolio is first tried on few of them, and the better half on four times as
// many, until one or two see all. Decides by the trials that it is shown, in the order of their
// numbers, so that the same trials shown give the same proposals.
import { mixSeed } from '../evaluation/random-rows.ts';
import type { Candidate } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { ProblemFacts } from '../problem/problem.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import type { Evaluated } from './evaluated.ts';
import { byLoss } from './ledger.ts';
import { LocalSearch } from './local-search.ts';
import type { SearchPhase } from './search-types.ts';

export interface Proposal {
  readonly candidate: Candidate;
  readonly sampleRows: number | null;
  readonly phase: SearchPhase;
}

/** The time that a proposal may take. */
export interface TimeLeft {
  /** Of the time for trials, 0 to 1; 0 without a limit. */
  readonly usedShare: number;
  /** The configuration, or a quicker one of its kind, that what is left is enough for; or null. */
  readonly fit: (candidate: Candidate, sampleRows: number | null) => Candidate | null;
}

type StrategySettings = Pick<AutoMLSettings, 'seed' | 'enableEarlyTermination'>;

interface Level {
  /** Null for all. */
  readonly rows: number | null;
  readonly candidates: Candidate[];
  readonly started: number[];
}

const firstSample = 10_000;
const sampleGrowth = 8;
/** Local trials without a better one that end the search. */
const patience = 30;
/** Below so many rows the number of local trials is bounded by them. */
const fewRows = 1_000;
/** Families that are searched further, at most. */
const mostSearched = 3;
/** Configurations that go on to the next level, at most. */
const mostPromoted = 3;
/** Part of the time by whose end each level but the last is left, whatever it has not tried yet. */
const levelShare = 0.15;

export class Strategy {
  readonly #facts: ProblemFacts;
  readonly #seed: number;
  readonly #stopsEarly: boolean;
  readonly #levels: Level[];
  readonly #searches = new Map<number, LocalSearch>();
  readonly #pending = new Map<number, LocalSearch>();
  readonly #localNumbers = new Set<number>();
  readonly #tried = new Set<string>();
  #current = 0;
  #stalled = false;

  constructor(facts: ProblemFacts, portfolio: readonly Candidate[], settings: StrategySettings) {
    const { seed, enableEarlyTermination } = settings;
    this.#stopsEarly = enableEarlyTermination;
    this.#facts = facts;
    this.#seed = seed;
    this.#levels = levelsOf(facts.rowCount).map((rows) => ({ rows, candidates: [], started: [] }));
    this.#levels[0].candidates.push(...portfolio);
  }

  /** @param shown finished trials by number; `number` is the one to come. Null: nothing for now. */
  next(shown: readonly Evaluated[], number: number, time: TimeLeft): Proposal | null {
    this.#tell(shown);
    return (
      this.#fromLevels(shown, number, time) ??
      this.#fromSearch(shown, number, time) ??
      (this.isPortfolioDone ? this.#leftOver(time) : null)
    );
  }

  /** Whether the local search was given up. */
  get hasStalled(): boolean {
    return this.#stalled;
  }

  /** Whether all levels have been gone through. */
  get isPortfolioDone(): boolean {
    return this.#current >= this.#levels.length;
  }

  #fromLevels(shown: readonly Evaluated[], number: number, time: TimeLeft): Proposal | null {
    while (this.#current < this.#levels.length) {
      const level = this.#levels[this.#current];
      const isLast = this.#current === this.#levels.length - 1;
      const isOver = !isLast && time.usedShare > levelShare * (this.#current + 1);
      const found = isOver ? null : this.#nextOf(level, time);
      if (found !== null) {
        level.started.push(number);
        return { ...found, phase: number <= 2 ? 'floor' : 'portfolio' };
      }
      const finished = shown.filter(({ trial }) => level.started.includes(trial.number));
      if (!isLast && finished.length < level.started.length) return null;
      this.#current++;
      if (!isLast) this.#levels[this.#current].candidates.push(...promoted(level, finished));
    }
    return null;
  }

  /** The level's next configuration that there is time for, on fewer rows where that helps. */
  #nextOf(level: Level, { fit }: TimeLeft): Omit<Proposal, 'phase'> | null {
    while (level.candidates.length > 0) {
      const [candidate] = level.candidates.splice(0, 1);
      for (const sampleRows of this.#sizesOf(level)) {
        const fitting = fit(candidate, sampleRows);
        if (fitting !== null) return { candidate: fitting, sampleRows };
      }
    }
    return null;
  }

  /** Of all levels but the first also half of its rows, a fourth and so on, down to what was tried. */
  #sizesOf({ rows }: Level): readonly (number | null)[] {
    const sizes = [rows];
    const tried = this.#levels.slice(0, this.#current).filter(({ started }) => started.length > 0);
    const before = tried.at(-1)?.rows ?? null;
    if (before === null) return sizes;
    for (let half = (rows ?? this.#facts.rowCount) / 2; half > 1.5 * before; half /= 2) {
      sizes.push(Math.round(half));
    }
    return sizes;
  }

  /** What the first level had no time for, when the others are through and time is left after all. */
  #leftOver(time: TimeLeft): Proposal | null {
    const [first] = this.#levels;
    if (this.#levels.length === 1) return null;
    const found = this.#nextOf(first, time);
    return found === null ? null : { ...found, sampleRows: first.rows, phase: 'portfolio' };
  }

  #fromSearch(shown: readonly Evaluated[], number: number, time: TimeLeft): Proposal | null {
    if (!this.isPortfolioDone) return null;
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
      return { candidate, sampleRows, phase: 'local' };
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

function levelsOf(rowCount: number): readonly (number | null)[] {
  const levels: (number | null)[] = [];
  for (let rows = firstSample; rows * 2.5 <= rowCount; rows *= sampleGrowth) levels.push(rows);
  return [...levels, null];
}

/** The best of a level; of one that there was no time for, what had come so far. */
function promoted({ candidates }: Level, finished: readonly Evaluated[]): readonly Candidate[] {
  const best = bestOf(finished);
  return best.length > 0 ? best : candidates.slice(0, mostPromoted);
}

function bestOf(finished: readonly Evaluated[]): Candidate[] {
  const ranked = byLoss(finished.filter(({ loss }) => Number.isFinite(loss)));
  return ranked.slice(0, mostPromoted).map(({ candidate }) => candidate);
}
