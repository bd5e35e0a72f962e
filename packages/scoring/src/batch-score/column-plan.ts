// Finds a model's features among the columns of a file, by name; their order may differ, and
// columns that the model does not know are carried through.

import type { SignatureColumn } from '@ridgeline/learn/model-folder';
import { ScoringError } from '../errors.ts';

export const scoreColumn = 'score';

export interface PlannedColumn extends SignatureColumn {
  /** Where it stands in the file's records, from 0. */
  readonly index: number;
}

/** Throws BATCH_COLUMN_MISSING naming every missing feature, or BATCH_INPUT_HAS_SCORE. */
export function planColumns(
  features: readonly SignatureColumn[],
  header: readonly string[],
): readonly PlannedColumn[] {
  if (header.includes(scoreColumn)) {
    throw new ScoringError(
      'BATCH_INPUT_HAS_SCORE',
      `the input has a column '${scoreColumn}' already, and scores are written to that name; ` +
        'rename or remove the column',
    );
  }
  const planned = features.map((feature) => ({ ...feature, index: header.indexOf(feature.name) }));
  const missing = planned.filter(({ index }) => index === -1);
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
