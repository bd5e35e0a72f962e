// The decision: is the new model better than the one in production? Pure; the step beside it
// asks for the numbers and acts.

import type { Direction } from '../shared/parameters.ts';

export interface EvaluationQuestion {
  readonly metric: string;
  readonly direction: Direction;
  /** The new model's value; null or not finite where there is none. */
  readonly newValue: number | null;
  /** The latest registered version; null where there is none. */
  readonly production: ProductionModel | null;
}

export interface ProductionModel {
  readonly version: string;
  /** Null where the version carries no such metric. */
  readonly value: number | null;
}

export type Decision = 'first' | 'better' | 'not_comparable' | 'not_better' | 'metric_missing';

export interface Evaluation {
  readonly decision: Decision;
  readonly shouldRegister: boolean;
  /** What to tell, in order. */
  readonly messages: readonly string[];
}

/**
 * Registers the first model, and each later one that is strictly better. A version in production
 * that carries no value to compare with does not stand in the way of a model that has one.
 */
export function evaluate(question: EvaluationQuestion): Evaluation {
  const { metric, direction, newValue, production } = question;
  // A training that diverged has a metric that is no number: never better than anything.
  if (!isNumber(newValue)) {
    return refuse('metric_missing', `Unable to find  ${metric}  metrics, exiting evaluation`);
  }
  if (production === null) {
    return accept('first', 'This is the first model, thus it should be registered');
  }
  if (!isNumber(production.value)) {
    return accept(
      'not_comparable',
      `Current Production model (version ${production.version}) has no ${metric} to compare with, ` +
        'thus the new trained model should be registered',
    );
  }
  const numbers =
    `Current Production model ${metric}: ${production.value}, ` +
    `New trained model ${metric}: ${newValue}`;
  return isBetter(newValue, production.value, direction)
    ? accept('better', numbers, 'New trained model performs better, thus it should be registered')
    : refuse(
        'not_better',
        numbers,
        'New trained model metric is worse than or equal to production model so skipping model registration.',
      );
}

function isBetter(newValue: number, productionValue: number, direction: Direction): boolean {
  return direction === 'minimize' ? newValue < productionValue : newValue > productionValue;
}

function isNumber(value: number | null): value is number {
  return Number.isFinite(value);
}

function accept(decision: Decision, ...messages: readonly string[]): Evaluation {
  return { decision, shouldRegister: true, messages };
}

function refuse(decision: Decision, ...messages: readonly string[]): Evaluation {
  return { decision, shouldRegister: false, messages };
}
