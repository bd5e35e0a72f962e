// Finds a model's features among the columns of a file, by name; their order may differ, and
// columns that the model does not know are carried through.

import type { LoadedModel, SignatureColumn } from '@ridgeline/learn/model-folder';
import { ScoringError } from '../errors.ts';

export const scoreColumn = 'score';

/** A column that the model reads. */
export interface FeatureColumn extends SignatureColumn {
  /** Texts that stand for a missing value, such as `?`, beside the empty one. */
  readonly missingTexts: ReadonlySet<string>;
}

export interface PlannedColumn extends FeatureColumn {
  /** Where it stands in the file's records, from 0; -1 where it is left out. */
  readonly index: number;
}

const none: ReadonlySet<string> = new Set();

export function featuresOf({ info, tabular }: LoadedModel): readonly FeatureColumn[] {
  return info.signature.inputs.map((column, i) => {
    const encoding = tabular.encoder.encodings[i];
    const { type } = encoding.input;
    return {
      ...column,
      // The signature has the type in which Python sends a column; booleans and times are others.
      type: type === 'double' ? column.type : type,
      missingTexts: encoding.kind === 'numeric' ? encoding.missingTexts : none,
    };
  });
}

/** The columns that are written: the score and, if asked, a probability a class. */
export function scoreColumnsOf(
  { tabular }: Pick<LoadedModel, 'tabular'>,
  withProbabilities: boolean,
): readonly string[] {
  if (!withProbabilities) return [scoreColumn];
  const { classes } = tabular;
  if (classes !== null) {
    return [scoreColumn, ...classes.map((label) => `probability_${String(label)}`)];
  }
  throw new ScoringError(
    'BATCH_ARGUMENT_INVALID',
    'probabilities are asked for, and the model is a regression; leave the option out',
  );
}

/** Throws BATCH_COLUMN_MISSING naming every missing feature, or BATCH_INPUT_HAS_SCORE. */
export function planColumns(
  features: readonly FeatureColumn[],
  header: readonly string[],
  written: readonly string[] = [scoreColumn],
): readonly PlannedColumn[] {
  const taken = written.find((name) => header.includes(name));
  if (taken !== undefined) {
    throw new ScoringError(
      'BATCH_INPUT_HAS_SCORE',
      `the input has a column '${taken}' already, and scores are written to that name; ` +
        'rename or remove the column',
    );
  }
  const planned = features.map((feature) => ({ ...feature, index: header.indexOf(feature.name) }));
  const missing = planned.filter(({ index, required }) => index === -1 && required);
  if (missing.length > 0) throw columnMissing(missing, header);
  return planned;
}

function columnMissing(
  missing: readonly SignatureColumn[],
  header: readonly string[],
): ScoringError {
  const names = missing.map(({ name }) => `'${name}'`).join(', ');
  const what = missing.length === 1 ? `column ${names}` : `columns ${names}`;
  return new ScoringError(
    'BATCH_COLUMN_MISSING',
    `the input has no ${what}, which the model needs; its columns are ${header.join(', ')}`,
  );
}
