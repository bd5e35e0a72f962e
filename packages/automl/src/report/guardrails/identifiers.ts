// Columns that name their rows instead of describing them: a model cannot use them on new rows.
import type { Column } from '@ridgeline/tabular';
import type { Guardrail, GuardrailFinding } from '../report-types.ts';
import { featureColumns, finding, type GuardrailInput, guardrail } from './guardrail.ts';

const fewestRows = 20;
const namedLikeAnId = /(^|[^a-z])(id|ids|uuid|guid|key|index|rownum|row_number)$|(?:[a-z])Id$/;

export function identifiers(input: GuardrailInput): Guardrail {
  const purposes = new Map(input.columns.map(({ column, purpose }) => [column, purpose]));
  const findings = featureColumns(input).flatMap((column): GuardrailFinding[] => {
    const why = whyAnId(column, input.train.rowCount);
    if (why === null) return [];
    const { name } = column;
    const isUsed = (purposes.get(name) ?? 'ignored') !== 'ignored';
    if (!isUsed) return [finding('done', name, `column '${name}' ${why}; it was left out`)];
    return [
      finding(
        'alerted',
        name,
        `column '${name}' ${why}; it is used: drop it if it only names the row`,
      ),
    ];
  });
  return guardrail('identifiers', 'Columns that name the row', findings);
}

function whyAnId(column: Column, rowCount: number): string | null {
  if (rowCount < fewestRows || column.missing !== null) return null;
  const isNamed = namedLikeAnId.test(column.name) || namedLikeAnId.test(column.name.toLowerCase());
  if (column.type === 'string') {
    // Long texts are distinct too, and hold words to learn from.
    const used = new Set(column.codes);
    const isShort = column.dictionary.every(
      (text) => text.length <= 60 && text.split(' ').length <= 3,
    );
    return used.size === rowCount && (isNamed || isShort) ? 'has another text in every row' : null;
  }
  if (column.type !== 'long') return null;
  const { values } = column;
  const step = values[1] - values[0];
  const isCounting = values.every((value, i) => i === 0 || value - values[i - 1] === step);
  if (isCounting && step !== 0) return 'counts the rows';
  return isNamed && new Set(values).size === rowCount
    ? 'is named like an id and has another number in every row'
    : null;
}
