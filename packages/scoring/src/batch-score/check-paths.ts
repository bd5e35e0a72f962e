// Refuses an output path before any work is done for it.

import { realpath, stat } from 'node:fs/promises';
import { ScoringError } from '../errors.ts';

/** Throws BATCH_OUTPUT_INVALID when the output is a folder or the input itself. */
export async function checkOutputPath(inputPath: string, outputPath: string): Promise<void> {
  const found = await stat(outputPath).catch(() => null);
  if (found === null) return;
  if (found.isDirectory()) {
    throw invalid(`output ${outputPath} is a folder; give the path of the file to write`);
  }
  const same = (await realpath(outputPath)) === (await realpath(inputPath).catch(() => null));
  if (same) throw invalid(`output ${outputPath} is the input itself; give another path`);
}

function invalid(message: string): ScoringError {
  return new ScoringError('BATCH_OUTPUT_INVALID', message);
}
