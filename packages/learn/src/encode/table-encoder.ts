// Learns how the columns of a table become features: what each column is, and what to do with it.

import type { Column } from '@ridgeline/tabular';
import { LearnError } from '../errors.ts';
import type { ColumnPurpose } from './column-purpose.ts';
import type { EncoderParameters } from './encoder-options.ts';
import { resolveEncoderOptions, type TableEncoderOptions } from './encoder-options.ts';
import { type FittedColumn, fitColumn } from './fit-column.ts';
import { type EncodableTable, FittedTableEncoder } from './fitted-table-encoder.ts';

export class TableEncoder {
  readonly parameters: EncoderParameters;
  readonly purposes: ReadonlyMap<string, ColumnPurpose>;

  /**
   * @param options see `encoderParameters`, and `purposes` for the columns that a user knows.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(options: TableEncoderOptions = {}) {
    const { parameters, purposes } = resolveEncoderOptions(options);
    this.parameters = parameters;
    this.purposes = purposes;
  }

  /**
   * @param options `target`: columns that are not features, such as the target and the weights.
   * @throws TabularError COLUMN_NOT_FOUND for a purpose of a column that is not there; LearnError
   * DATA_EMPTY, DATA_NOT_FINITE naming column and row, DATA_TYPE_MISMATCH where a column is not what
   * the user says, DATA_NO_FEATURES when no column can be used.
   */
  fit(
    table: EncodableTable,
    options: { readonly target?: string; readonly exclude?: readonly string[] } = {},
  ): FittedTableEncoder {
    if (table.rowCount === 0) {
      throw new LearnError(
        'DATA_EMPTY',
        'the table has no rows; expected at least one to learn from',
      );
    }
    const excluded = [...(options.exclude ?? []), ...[options.target ?? []].flat()];
    for (const name of [...this.purposes.keys(), ...excluded]) table.column(name);
    const columns = table.columns().filter(({ name }) => !excluded.includes(name));
    const fitted = columns.map((column) => this.#fit(column, this.purposes.get(column.name)));
    const usable = fitted.some(({ encoding }) => encoding !== null)
      ? fitted
      : this.#withIdentifiers(columns, fitted);
    const encodings = usable.flatMap(({ encoding }) => encoding ?? []);
    if (encodings.length === 0) throw noFeatures(usable);
    return new FittedTableEncoder(
      encodings,
      usable.map(({ report }) => report),
    );
  }

  #fit(column: Column, given: ColumnPurpose | undefined): FittedColumn {
    return fitColumn(column, given, this.parameters);
  }

  /** Numbers that only count the rows are better than nothing, where there is nothing else. */
  #withIdentifiers(columns: readonly Column[], fitted: readonly FittedColumn[]): FittedColumn[] {
    return columns.map((column, i) => {
      if (!fitted[i].isIdentifier || column.type === 'string') return fitted[i];
      const kept = this.#fit(column, 'numeric');
      const reason = 'it looks like an identifier, and is kept because there is no other column';
      return { ...kept, report: { ...kept.report, reason } };
    });
  }
}

function noFeatures(columns: readonly FittedColumn[]): LearnError {
  const reasons = columns
    .slice(0, 5)
    .map(({ report }) => `'${report.column}': ${report.reason.slice(0, 100)}`);
  const list = reasons.length === 0 ? 'there is none beside the target' : reasons.join('; ');
  return new LearnError(
    'DATA_NO_FEATURES',
    `no column can be used to predict from (${list}); give columns that vary, or say with purposes what they are`,
  );
}
