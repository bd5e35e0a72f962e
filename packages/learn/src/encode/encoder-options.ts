// The settings of a TableEncoder, as data, and their check.

import { LearnError } from '../errors.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { type ColumnPurpose, columnPurposes } from './column-purpose.ts';

export const encoderParameters = {
  minLevelRows: {
    kind: 'integer',
    default: 2,
    min: 1,
    max: 1_000_000_000,
    doc: 'Levels of a category with fewer training rows are merged into one.',
  },
  maxLevels: {
    kind: 'integer',
    default: 65_534,
    min: 1,
    max: 65_534,
    doc: 'The most levels of a category that are kept; the rarer are merged into one.',
  },
  textBuckets: {
    kind: 'integer',
    default: 64,
    min: 1,
    max: 4096,
    doc: 'Number of features that the n-grams of a text are hashed into.',
  },
  maxNgrams: {
    kind: 'integer',
    default: 20_000,
    min: 1,
    max: 200_000,
    doc: 'The most n-grams of a text that are kept, the most frequent first.',
  },
  dateOrder: {
    kind: 'choice',
    default: 'auto',
    choices: ['auto', 'day-first', 'month-first'],
    doc: 'How dates such as 02/03/2020 are read where the column itself does not tell.',
  },
} as const;

export type EncoderParameters = ParameterValues<typeof encoderParameters>;

export interface TableEncoderOptions extends Partial<EncoderParameters> {
  /** What columns are, by name; those not named are judged by their values. */
  readonly purposes?: ReadonlyMap<string, ColumnPurpose>;
}

/** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
export function resolveEncoderOptions({ purposes, ...given }: TableEncoderOptions) {
  for (const [column, purpose] of purposes ?? []) {
    if (columnPurposes.includes(purpose)) continue;
    throw new LearnError(
      'PARAMETER_INVALID',
      `the purpose of column '${column}' is '${String(purpose).slice(0, 40)}'; expected one of ${columnPurposes.join(', ')}`,
    );
  }
  return {
    purposes: new Map(purposes ?? []),
    parameters: resolveParameters('TableEncoder', encoderParameters, given),
  };
}
