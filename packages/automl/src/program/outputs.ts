// The outputs of a step by name: which there are, and how each is written. A step may leave any out.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { didYouMean } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

export const outputNames = ['best_model', 'metrics_data', 'leaderboard', 'report'] as const;
export type OutputName = (typeof outputNames)[number];

/** What a JSON output is called where its place is a folder. */
const fileNames = { metrics_data: 'metrics_data.json', leaderboard: 'leaderboard.json' } as const;
export type JsonOutputName = keyof typeof fileNames;

/** @throws AutoMLError OUTPUT_UNKNOWN */
export function checkOutputs(outputs: ReadonlyMap<string, string>): void {
  for (const name of outputs.keys()) {
    if (outputNames.some((known) => known === name)) continue;
    const hint = didYouMean(name, outputNames) || `; there are ${outputNames.join(', ')}`;
    throw new AutoMLError('OUTPUT_UNKNOWN', `an automl step has no output '${name}'${hint}`);
  }
}

/** Writes a JSON output, if the step has it: to the file, or into the folder that is there. */
export async function writeJsonOutput(
  outputs: ReadonlyMap<string, string>,
  name: JsonOutputName,
  value: unknown,
): Promise<void> {
  const place = outputs.get(name);
  if (place === undefined) return;
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? false;
  const file = isFolder ? path.join(place, fileNames[name]) : place;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
