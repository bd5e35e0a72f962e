// What the engine tells this program of its step, as JSON in an environment variable.
import { ScoringError } from '../errors.ts';
import { type MiniBatchSize, readMiniBatchSize } from './mini-batch-size.ts';

export const definitionVariable = 'RIDGELINE_STEP_DEFINITION';

export interface ParallelDefinition {
  /** A path within the working folder. */
  readonly entryScript: string;
  /** The output to which the results are appended; null to keep none. */
  readonly appendRowTo: string | null;
  /** The input that is cut into parts. */
  readonly inputData: string;
  readonly miniBatchSize: MiniBatchSize;
  /** Parts that may fail; -1 for any number. */
  readonly miniBatchErrorThreshold: number;
  /** Files or rows without a result that there may be; -1 for any number. */
  readonly errorThreshold: number;
  /** Parts worked on at once, at most. */
  readonly workers: number;
  readonly maxRetries: number;
  readonly timeoutSeconds: number;
}

/** @throws ScoringError BATCH_ARGUMENT_INVALID */
export function readDefinition(text: string | undefined): ParallelDefinition {
  const value = parse(text);
  const retry = objectAt(value, 'retrySettings');
  return {
    entryScript: textAt(value, 'entryScript'),
    appendRowTo: value.appendRowTo === null ? null : textAt(value, 'appendRowTo'),
    inputData: textAt(value, 'inputData'),
    miniBatchSize: readMiniBatchSize(String(value.miniBatchSize)),
    miniBatchErrorThreshold: integerAt(value, 'miniBatchErrorThreshold', -1),
    errorThreshold: integerAt(value, 'errorThreshold', -1),
    workers: integerAt(value, 'workers', 1),
    maxRetries: integerAt(retry, 'maxRetries', 0),
    timeoutSeconds: integerAt(retry, 'timeoutSeconds', 1),
  };
}

function parse(text: string | undefined): Record<string, unknown> {
  if (text === undefined) {
    throw invalid(`the variable ${definitionVariable} is not set; a step of type parallel sets it`);
  }
  try {
    return asObject(JSON.parse(text), definitionVariable);
  } catch (error) {
    if (error instanceof ScoringError) throw error;
    throw invalid(`the variable ${definitionVariable} is no JSON`);
  }
}

function objectAt(value: Record<string, unknown>, key: string): Record<string, unknown> {
  return asObject(value[key], key);
}

function asObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw invalid(`${name} must be an object`);
}

function textAt(value: Record<string, unknown>, key: string): string {
  const text = value[key];
  if (typeof text === 'string' && text !== '') return text;
  throw invalid(`${key} of the step's definition must be text`);
}

function integerAt(value: Record<string, unknown>, key: string, minimum: number): number {
  const number = value[key];
  if (Number.isInteger(number) && Number(number) >= minimum) return Number(number);
  throw invalid(`${key} of the step's definition must be a whole number from ${minimum}`);
}

function invalid(message: string): ScoringError {
  return new ScoringError('BATCH_ARGUMENT_INVALID', message);
}
