// What the evaluate step hands to the register step: a small JSON file in its output folder.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Decision } from './evaluate.ts';

export interface EvaluationReport {
  readonly decision: Decision | 'skipped';
  readonly metric: string;
  /** Null where there is none. */
  readonly newValue: number | null;
  readonly productionValue: number | null;
  readonly reason: string;
}

const fileName = 'evaluation.json';

export async function writeReport(folder: string, report: EvaluationReport): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, fileName), `${JSON.stringify(report, null, 2)}\n`);
}

export async function readReport(folder: string): Promise<EvaluationReport> {
  return JSON.parse(await readFile(path.join(folder, fileName), 'utf8'));
}
