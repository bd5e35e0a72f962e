// The portfolio, gone through in its order. Where there are many rows it is first tried on few of them,
// and the better half on eight times as many, until one or two see all.
import type { Candidate } from '../learners/learner.ts';
import type { Evaluated } from './evaluated.ts';
import { byLoss } from './ledger.ts';

export interface Sized {
  readonly candidate: Candidate;
  /** Null for all rows. */
  readonly sampleRows: number | null;
}

/** The time that a proposal may take. */
export interface TimeLeft {
  /** Of the time for trials, 0 to 1; 0 without a limit. */
  readonly usedShare: number;
  /** The configuration, or a quicker one of its kind, that what is left is enough for; or null. */
  readonly fit: (candidate: Candidate, sampleRows: number | null) => Candidate | null;
}

interface Level {
  /** Null for all. */
  readonly rows: number | null;
  readonly candidates: Candidate[];
  readonly started: number[];
}

const firstSample = 10_000;
const sampleGrowth = 8;
/** Configurations that go on to the next level, at most. */
const mostPromoted = 3;
/** Part of the time by whose end each level but the last is left, whatever it has not tried yet. */
const levelShare = 0.15;

export class Halving {
  readonly #rowCount: number;
  readonly #levels: Level[];
  #current = 0;

  constructor(rowCount: number, portfolio: readonly Candidate[]) {
    this.#rowCount = rowCount;
    this.#levels = levelsOf(rowCount).map((rows) => ({ rows, candidates: [], started: [] }));
    this.#levels[0].candidates.push(...portfolio);
  }

  /** Whether all levels have been gone through. */
  get isDone(): boolean {
    return this.#current >= this.#levels.length;
  }

  /** Null: nothing for now, or nothing more. */
  next(shown: readonly Evaluated[], number: number, time: TimeLeft): Sized | null {
    while (!this.isDone) {
      const level = this.#levels[this.#current];
      const isLast = this.#current === this.#levels.length - 1;
      const isOver = !isLast && time.usedShare > levelShare * (this.#current + 1);
      const found = isOver ? null : this.#nextOf(level, time);
      if (found !== null) {
        level.started.push(number);
        return found;
      }
      const finished = shown.filter(({ trial }) => level.started.includes(trial.number));
      if (!isLast && finished.length < level.started.length) return null;
      this.#current++;
      if (!isLast) this.#levels[this.#current].candidates.push(...promoted(level, finished));
    }
    return null;
  }

  /** What the first level had no time for, when the others are through and time is left after all. */
  leftOver(time: TimeLeft): Sized | null {
    const [first] = this.#levels;
    if (!this.isDone || this.#levels.length === 1) return null;
    const found = this.#nextOf(first, time);
    return found === null ? null : { ...found, sampleRows: first.rows };
  }

  /** The level's next configuration that there is time for, on fewer rows where that helps. */
  #nextOf(level: Level, { fit }: TimeLeft): Sized | null {
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
    for (let half = (rows ?? this.#rowCount) / 2; half > 1.5 * before; half /= 2) {
      sizes.push(Math.round(half));
    }
    return sizes;
  }
}

function levelsOf(rowCount: number): readonly (number | null)[] {
  const levels: (number | null)[] = [];
  for (let rows = firstSample; rows * 2.5 <= rowCount; rows *= sampleGrowth) levels.push(rows);
  return [...levels, null];
}

/** The best of a level; of one that there was no time for, what had come so far. */
function promoted({ candidates }: Level, finished: readonly Evaluated[]): readonly Candidate[] {
  const ranked = byLoss(finished.filter(({ loss }) => Number.isFinite(loss)));
  const best = ranked.slice(0, mostPromoted).map(({ candidate }) => candidate);
  return best.length > 0 ? best : candidates.slice(0, mostPromoted);
}
