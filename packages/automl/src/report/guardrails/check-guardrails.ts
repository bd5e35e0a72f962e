// All checks of the data of a search, in the order in which a person would ask.
import type { SearchInput, SearchResult } from '../../search/search-types.ts';
import { codesAt, numbersAt, rowsWithTarget } from '../evaluated-rows.ts';
import type { Guardrail } from '../report-types.ts';
import { columnNames, highCardinality, missingValues, unusedColumns } from './column-state.ts';
import { drift } from './drift.ts';
import type { GuardrailInput } from './guardrail.ts';
import { identifiers } from './identifiers.ts';
import { leakage } from './leakage.ts';
import { amountOfData, classBalance, repeatedRows } from './target-state.ts';

export function checkGuardrails(input: SearchInput, result: SearchResult): readonly Guardrail[] {
  const data = guardrailInput(input, result);
  const guardrails = [
    missingValues(data),
    leakage(data),
    identifiers(data),
    classBalance(data),
    amountOfData(data),
    repeatedRows(data),
    highCardinality(data),
    unusedColumns(data),
    columnNames(data),
    drift(data),
  ];
  return guardrails.filter((guardrail) => guardrail !== null);
}

/** Columns that the user set aside (weights, fold columns, dropped ones) are not looked at. */
function guardrailInput(input: SearchInput, result: SearchResult): GuardrailInput {
  const { settings, model } = result;
  const aside = new Set([
    ...settings.cvSplitColumns,
    ...settings.featurization.dropColumns,
    ...(settings.weightColumn === null ? [] : [settings.weightColumn]),
  ]);
  const train = input.train.without(input.train.columnNames.filter((name) => aside.has(name)));
  const rows = rowsWithTarget(train, result);
  const column = train.column(settings.targetColumn);
  const { classes } = model;
  const target =
    classes === null ? numbersAt(column, rows) : Float64Array.from(codesAt(column, rows, classes));
  return {
    train,
    later: laterRows(input),
    targetName: settings.targetColumn,
    classes,
    targetRows: rows,
    target,
    columns: model.encoder.report,
  };
}

function laterRows({ test, validation }: SearchInput): GuardrailInput['later'] {
  if (test !== undefined) return { name: 'test', table: test };
  return validation === undefined ? null : { name: 'validation', table: validation };
}
