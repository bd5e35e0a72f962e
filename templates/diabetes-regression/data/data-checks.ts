// What data must look like to be trained on: the columns of the reference, no missing values, and
// no column that has moved or spread too far from it.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  checkDistribution,
  checkMissingValues,
  checkSchema,
  type DataFinding,
  type Table,
  type TableProfile,
} from '@ridgeline/tabular';

export const referenceFile = fileURLToPath(new URL('reference-profile.json', import.meta.url));

/** In standard deviations of the reference. */
const tolerance = 3;

export async function readReference(): Promise<TableProfile> {
  return JSON.parse(await readFile(referenceFile, 'utf8'));
}

/** Everything that is wrong with the data; empty where nothing is. */
export function findDataProblems(table: Table, reference: TableProfile): DataFinding[] {
  const columns = reference.columns.map(({ name, type }) => ({ name, type, nullable: true }));
  const findings = [...checkSchema(table, { columns }), ...checkMissingValues(table)];
  // Only data of the right shape can be compared with the reference.
  return findings.length > 0 ? findings : checkDistribution(table, reference, { tolerance });
}
