// What the columns of the training data look like one by one: missing values, columns that say
// nothing, many levels, names that are easily mixed up.
import type { Column } from '@ridgeline/tabular';
import type { Guardrail, GuardrailFinding } from '../report-types.ts';
import { featureColumns, finding, type GuardrailInput, guardrail, percent } from './guardrail.ts';

const mostlyMissing = 0.5;
const manyLevels = 100;

export function missingValues(input: GuardrailInput): Guardrail {
  const { rowCount } = input.train;
  const lost = rowCount - input.targetRows.length;
  const ofTarget =
    lost === 0
      ? []
      : [
          finding(
            'done',
            input.targetName,
            `the target is missing in ${lost} of ${rowCount} rows; they were left out`,
            lost / rowCount,
          ),
        ];
  const ofColumns = featureColumns(input).flatMap((column): GuardrailFinding[] => {
    const share = missingCount(column) / rowCount;
    if (share === 0) return [];
    const { name } = column;
    const what = `column '${name}' is missing in ${percent(share)} of the rows`;
    if (share <= mostlyMissing)
      return [finding('done', name, `${what}; the model takes that as it is`, share)];
    return [finding('alerted', name, `${what}; see where it gets lost, or drop it`, share)];
  });
  return guardrail('missing_values', 'Missing values', [...ofTarget, ...ofColumns]);
}

/** Columns that were left out, for whatever reason but that they name the row. */
export function unusedColumns(input: GuardrailInput): Guardrail {
  const findings = input.columns
    .filter(({ purpose, column }) => purpose === 'ignored' && column !== input.targetName)
    .map(({ column, reason }) =>
      finding('done', column, `column '${column}' was left out: ${reason}`),
    );
  return guardrail('unused_columns', 'Columns that were left out', findings);
}

export function highCardinality(input: GuardrailInput): Guardrail {
  const purposes = new Map(input.columns.map(({ column, purpose }) => [column, purpose]));
  const findings = featureColumns(input).flatMap((column): GuardrailFinding[] => {
    if (column.type !== 'string' || purposes.get(column.name) !== 'categorical') return [];
    const levels = new Set(column.codes).size - Number(column.missing !== null);
    if (levels <= manyLevels) return [];
    const what = `column '${column.name}' has ${levels} levels; rare ones count as one`;
    return [finding('done', column.name, what, levels)];
  });
  return guardrail('high_cardinality', 'Columns of many levels', findings);
}

/** The reader of tables refuses names that are empty or given twice; these are the near misses. */
export function columnNames({ train }: GuardrailInput): Guardrail {
  const first = new Map<string, string>();
  const findings = train.columnNames.flatMap((name): GuardrailFinding[] => {
    const found: GuardrailFinding[] = [];
    const meant = name.trim().toLowerCase();
    const other = first.get(meant);
    if (other !== undefined) {
      found.push(
        finding('alerted', name, `columns '${other}' and '${name}' differ in case or space only`),
      );
    } else if (name !== name.trim()) {
      found.push(
        finding('alerted', name, `the name of column '${name}' begins or ends with space`),
      );
    }
    if (other === undefined) first.set(meant, name);
    return found;
  });
  return guardrail('column_names', 'Names of the columns', findings);
}

function missingCount({ missing }: Column): number {
  return missing === null ? 0 : missing.reduce((sum, flag) => sum + flag, 0);
}
