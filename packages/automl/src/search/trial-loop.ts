// The loop of trials: asks the strategy what to try, runs it, and ends when time, trials, the exit score
// or the caller say so. With a number of trials and no time limit, what a trial is shown depends on its
// number alone, so that the leaderboard is the same however many workers there are.

import type { Judge } from '../evaluation/judge.ts';
import type { Candidate } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import { lossOf } from '../settings/primary-metric.ts';
import type { Budget } from './budget.ts';
import type { Evaluated } from './evaluated.ts';
import type { Ledger } from './ledger.ts';
import type { SearchPhase, StopReason } from './search-types.ts';
import type { Proposal, Strategy } from './strategy.ts';
import type { TrialRunner } from './trial-runner.ts';

export interface LoopParts {
  readonly settings: AutoMLSettings;
  readonly budget: Budget;
  readonly ledger: Ledger;
  readonly strategy: Strategy;
  readonly runner: TrialRunner;
  readonly judge: Judge;
  /** Loss of the naive baseline, the scale of "far behind". */
  readonly naiveLoss: number;
  readonly hasRoom: () => Promise<void>;
  readonly onPhase: (phase: SearchPhase) => void;
  readonly onTrialEnd: () => void;
}

/** Trials that may be under way without knowing of each other, where the order must not matter. */
const lag = 4;

export class TrialLoop {
  readonly #parts: LoopParts;
  readonly #started: Promise<void>[] = [];
  readonly #active = new Set<Promise<void>>();
  #reason: StopReason | null = null;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  /** Ends the loop from outside; running trials are asked to end. */
  end(reason: StopReason): void {
    this.#reason ??= reason;
    this.#parts.runner.endAll();
  }

  async run(): Promise<StopReason> {
    while (this.#reason === null) {
      const number = this.#started.length + 1;
      const { maxTrials } = this.#parts.settings;
      if (maxTrials !== null && number > maxTrials) {
        this.#reason = 'max_trials';
        break;
      }
      const found = await this.#proposal(number);
      if (this.#reason !== null) break;
      if (found === null) this.#reason = this.#whyNothing();
      else this.#start(number, found.proposal, found.shown);
    }
    await Promise.all(this.#active);
    return this.#reason;
  }

  /** What to try next, with the trials that it was chosen by; null when there is nothing more. */
  async #proposal(number: number) {
    return this.#isTimed ? this.#nextInTime(number) : this.#nextInOrder(number);
  }

  get #isTimed(): boolean {
    return this.#parts.settings.timeBudgetSeconds !== null;
  }

  async #nextInTime(number: number) {
    const { hasRoom, ledger } = this.#parts;
    await hasRoom();
    while (this.#reason === null) {
      const shown = ledger.all;
      this.#checkExit(shown);
      const proposal = this.#ask(shown, number);
      if (proposal !== null) return { proposal, shown };
      if (this.#active.size === 0) return null;
      await Promise.race(this.#active);
    }
    return null;
  }

  async #nextInOrder(number: number) {
    for (let until = Math.max(0, number - lag); until < number; until++) {
      // Those before are awaited already, as every number had its turn.
      if (until > 0) await Promise.all(this.#started.slice(0, until));
      const shown = this.#parts.ledger.all.filter(({ trial }) => trial.number <= until);
      this.#checkExit(shown);
      if (this.#reason !== null) return null;
      const proposal = this.#ask(shown, number);
      if (proposal !== null) return { proposal, shown };
    }
    return null;
  }

  #ask(shown: readonly Evaluated[], number: number): Proposal | null {
    const { strategy, runner, budget } = this.#parts;
    return strategy.next(shown, number, {
      usedShare: budget.usedShare,
      fit: (candidate, sampleRows) => {
        const factor = budget.trialMs / runner.predictMs(candidate, sampleRows);
        return factor > 1 ? candidate : hastened(candidate, factor);
      },
    });
  }

  #start(number: number, { candidate, sampleRows, phase }: Proposal, shown: readonly Evaluated[]) {
    const { runner, ledger, onPhase, onTrialEnd } = this.#parts;
    onPhase(phase);
    const canTell = this.#parts.settings.enableEarlyTermination && shown.length > 0;
    const isHopeless = canTell
      ? (losses: readonly number[]) => this.#isHopeless(losses, shown)
      : null;
    const run = runner.run({ number, candidate, sampleRows, isHopeless }).then((evaluated) => {
      ledger.add(evaluated);
      this.#active.delete(run);
      onTrialEnd();
    });
    this.#started.push(run);
    this.#active.add(run);
  }

  #checkExit(shown: readonly Evaluated[]): void {
    const { settings, judge } = this.#parts;
    if (settings.exitScore === null) return;
    const enough = lossOf(judge.metric, settings.exitScore);
    if (shown.some(({ loss }) => loss <= enough)) this.#reason ??= 'exit_score';
  }

  /** Whether the first folds give back less than half of what the best gained on the baseline. */
  #isHopeless(losses: readonly number[], shown: readonly Evaluated[]): boolean {
    const { naiveLoss } = this.#parts;
    const means = shown
      .filter(({ foldLosses }) => foldLosses.length >= losses.length)
      .map(({ foldLosses }) => mean(foldLosses.slice(0, losses.length)));
    if (means.length === 0) return false;
    const best = Math.min(...means);
    return naiveLoss > best && mean(losses) - best > 0.5 * (naiveLoss - best);
  }

  #whyNothing(): StopReason {
    const { budget, strategy } = this.#parts;
    if (strategy.hasStalled) return 'early_termination';
    return this.#isTimed && budget.trialMs < 1000 ? 'time_budget' : 'exhausted';
  }
}

/** The configuration made quicker where its family can be, and not by too much. */
function hastened(candidate: Candidate, factor: number): Candidate | null {
  const parameters = learners[candidate.learner].hasten?.(candidate.parameters, factor) ?? null;
  return parameters === null ? null : { ...candidate, parameters };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
