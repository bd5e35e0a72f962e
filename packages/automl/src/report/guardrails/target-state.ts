// What the target and the number of rows look like: classes out of balance, too few rows, rows twice.

import type { Column } from '@ridgeline/tabular';
import { counted } from '../../counted.ts';
import type { Guardrail, GuardrailFinding } from '../report-types.ts';
import { featureColumns, finding, type GuardrailInput, guardrail, percent } from './guardrail.ts';

/** Azure AutoML's: the smallest class has at most a fifth of the rows of the largest. */
const imbalanced = 0.2;
const fewRows = 100;
const fewRowsOfClass = 20;

/** None for a regression. */
export function classBalance({ classes, target }: GuardrailInput): Guardrail | null {
  if (classes === null) return null;
  const counts = new Float64Array(classes.length);
  for (const code of target) counts[code]++;
  const least = counts.reduce((best, count, i) => (count < counts[best] ? i : best), 0);
  const most = counts.reduce((best, count, i) => (count > counts[best] ? i : best), 0);
  const ratio = counts[least] / counts[most];
  const findings: GuardrailFinding[] = [];
  if (ratio <= imbalanced) {
    const what = `class '${classes[least]}' has ${counted(counts[least], 'row')}, and '${classes[most]}' ${counts[most]}`;
    const advice =
      "accuracy says little here: steer by auc_weighted or norm_macro_recall, or set class weights to 'balanced'";
    findings.push(finding('alerted', null, `${what}; ${advice}`, ratio));
  }
  classes.forEach((label, code) => {
    if (counts[code] >= fewRowsOfClass) return;
    const what = `class '${label}' has ${counted(counts[code], 'row')} only: what is told of it is uncertain`;
    findings.push(finding('alerted', null, what, counts[code]));
  });
  return guardrail('class_balance', 'Balance of the classes', findings.slice(0, 20));
}

export function amountOfData(input: GuardrailInput): Guardrail {
  const rows = input.targetRows.length;
  const columns = featureColumns(input).length;
  const findings: GuardrailFinding[] = [];
  if (rows < fewRows) {
    const what = `there are ${rows} rows: scores will differ much from one sample to the next`;
    findings.push(finding('alerted', null, what, rows));
  }
  if (columns > rows) {
    const what = `there are ${counted(columns, 'column')} and ${counted(rows, 'row')}: some will fit the target by chance`;
    findings.push(finding('alerted', null, what, columns / rows));
  }
  return guardrail('amount_of_data', 'Amount of data', findings);
}

/** Rows that are there more than once may be trained on and judged by at the same time. */
export function repeatedRows({ train }: GuardrailInput): Guardrail {
  // Sorting numbers is many times faster than a set of them.
  const hashes = rowHashes(train.columns(), train.rowCount).sort();
  const repeated = hashes.reduce((count, hash, i) => count + Number(hash === hashes[i - 1]), 0);
  const share = repeated / train.rowCount;
  const findings =
    share < 0.01
      ? []
      : [
          finding(
            'alerted',
            null,
            `${repeated} of ${train.rowCount} rows (${percent(share)}) repeat an earlier row, target included; if they are copies, the score is too good: remove them`,
            share,
          ),
        ];
  return guardrail('repeated_rows', 'Rows that are there twice', findings);
}

/** A hash of 53 bits a row, so that different rows hardly ever agree. */
function rowHashes(columns: readonly Column[], rowCount: number): Float64Array {
  const first = new Int32Array(rowCount).fill(0x811c9dc5 | 0);
  const second = new Int32Array(rowCount).fill(0x2545f491);
  const mix = (row: number, word: number) => {
    first[row] = Math.imul(first[row] ^ word ^ (first[row] >>> 15), 0x01000193);
    second[row] = Math.imul((second[row] << 13) ^ (second[row] >>> 7) ^ word, 0x5bd1e995);
  };
  for (const column of columns) {
    if (column.type === 'string') {
      for (let row = 0; row < rowCount; row++) mix(row, column.codes[row]);
      continue;
    }
    const words = new Int32Array(Float64Array.from(column.values).buffer);
    for (let row = 0; row < rowCount; row++) {
      mix(row, words[2 * row]);
      mix(row, words[2 * row + 1]);
    }
  }
  return Float64Array.from(first, (word, row) => (word >>> 0) * 2 ** 21 + (second[row] >>> 11));
}
