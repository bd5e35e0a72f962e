// A search over hyperparameters: one trial many times, with values drawn from a space.
import type { LiteralValue } from './port-types.ts';

/** How one value is drawn. `minValue` and `maxValue` of the logarithmic ones are exponents of e, as
 * in Azure ML: `loguniform` gives exp(uniform(minValue, maxValue)). The quantised ones give
 * round(x / q) * q. */
export type Distribution =
  | { readonly type: 'choice'; readonly values: readonly LiteralValue[] }
  /** 0 to `upper` - 1. */
  | { readonly type: 'randint'; readonly upper: number }
  | {
      readonly type: 'uniform' | 'loguniform';
      readonly minValue: number;
      readonly maxValue: number;
    }
  | {
      readonly type: 'quniform' | 'qloguniform';
      readonly minValue: number;
      readonly maxValue: number;
      readonly q: number;
    }
  | { readonly type: 'normal' | 'lognormal'; readonly mu: number; readonly sigma: number }
  | {
      readonly type: 'qnormal' | 'qlognormal';
      readonly mu: number;
      readonly sigma: number;
      readonly q: number;
    };

export interface Sampling {
  readonly algorithm: 'random' | 'grid' | 'bayesian';
  /** Of `random`. Default `random`. */
  readonly rule: 'random' | 'sobol';
  readonly seed: number | null;
  /** Of `random`: the base of the logarithmic distributions; null for e. */
  readonly logbase: number | null;
}

interface Policy {
  /** Judges at every n-th report of the metric. Default 1. */
  readonly evaluationInterval: number;
  /** Judges no trial before its n-th report. Default 0. */
  readonly delayEvaluation: number;
}

export type EarlyTermination =
  /** One of `slackFactor` and `slackAmount` is a number. */
  | (Policy & {
      readonly type: 'bandit';
      readonly slackFactor: number | null;
      readonly slackAmount: number | null;
    })
  | (Policy & { readonly type: 'median_stopping' })
  | (Policy & {
      readonly type: 'truncation_selection';
      /** 1 to 99. */
      readonly truncationPercentage: number;
      readonly excludeFinishedJobs: boolean;
    });

export interface SweepTrial {
  /** A template: `${{inputs.x}}`, `${{outputs.x}}` and `${{search_space.x}}`. Where the trial is a
   * component and its input is drawn, `${{search_space.x}}` stands for it here. */
  readonly command: string;
  readonly code: string | null;
  readonly environment: string | null;
  readonly environmentVariables: ReadonlyMap<string, string>;
}

export interface SweepFields {
  readonly trial: SweepTrial;
  readonly searchSpace: ReadonlyMap<string, Distribution>;
  readonly sampling: Sampling;
  readonly objective: {
    readonly goal: 'minimize' | 'maximize';
    readonly primaryMetric: string;
  };
  readonly earlyTermination: EarlyTermination | null;
  readonly limits: {
    /** 1 to 1000. Default 1000, Azure ML's own limit. */
    readonly maxTotalTrials: number;
    /** 1 to 1000. Default `maxTotalTrials`. */
    readonly maxConcurrentTrials: number;
    readonly timeoutSeconds: number | null;
    readonly trialTimeoutSeconds: number | null;
  };
}
