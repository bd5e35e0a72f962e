// The lines that tell of a search while it runs: one a trial, and in between the time that is left.
import { counted } from '../counted.ts';
import type { SearchHooks, SearchProgress } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';

export interface ProgressOptions {
  readonly primaryMetric: string;
  readonly print: (line: string) => void;
  /** `debug` tells of starts, `warning` and above of nothing but failures; default `info`. */
  readonly verbosity?: string | null;
  /** Milliseconds, from any time on. */
  readonly now?: () => number;
}

type TellingHooks = Required<Pick<SearchHooks, 'onTrialStart' | 'onTrialEnd' | 'onProgress'>>;

const intervalMs = 5_000;
const quiet: ReadonlySet<string> = new Set(['warning', 'error', 'critical']);

export function progressPrinter(options: ProgressOptions): TellingHooks {
  const { print, primaryMetric, verbosity, now = () => performance.now() } = options;
  const isQuiet = quiet.has(verbosity ?? '');
  let printedAt = now();
  const say = (line: string) => {
    printedAt = now();
    print(line);
  };
  return {
    onTrialStart: (trial) => {
      if (verbosity === 'debug') say(`${nameOf(trial)}: started`);
    },
    onTrialEnd: (trial) => {
      if (!isQuiet || trial.state === 'failed') say(describeTrial(trial, primaryMetric));
    },
    onProgress: (progress) => {
      if (!isQuiet && now() - printedAt >= intervalMs)
        say(describeProgress(progress, primaryMetric));
    },
  };
}

export function describeTrial(trial: Trial, primaryMetric: string): string {
  const took = `${trial.trainSeconds.toFixed(1)} s`;
  if (trial.state !== 'completed' || trial.score === null) {
    const why = trial.error === null ? '' : `: ${trial.error}`;
    return `${nameOf(trial)}: ${trial.state} after ${took}${why}`;
  }
  const score = `${primaryMetric} ${formatScore(trial.score)}`;
  return `${nameOf(trial)}: ${score} (${counted(trial.sampleRows, 'row')}, ${took})`;
}

export function describeProgress(progress: SearchProgress, primaryMetric: string): string {
  const { elapsedSeconds, remainingSeconds, trialsDone, bestScore, phase } = progress;
  const best = bestScore === null ? 'none yet' : `${primaryMetric} ${formatScore(bestScore)}`;
  const left = remainingSeconds === null ? '' : `, ${Math.ceil(remainingSeconds)} s left`;
  return `${Math.floor(elapsedSeconds)} s${left}: ${phase}, ${trialsDone} trials, best ${best}`;
}

function nameOf({ number, learner, description }: Trial): string {
  return `Trial ${number} ${learner}${description === '' ? '' : ` (${description})`}`;
}

/** Enough digits to tell two models apart, and no more. */
export function formatScore(score: number): string {
  return Math.abs(score) >= 1000 ? score.toFixed(1) : String(Number(score.toPrecision(5)));
}
