// Finds out why a file is not JSON Lines, once that is known: the line and the reason.

import type { DataFile } from '../files/data-file.ts';
import { readTextChunks } from '../files/text-chunks.ts';

/** `line N …` for the first line that is no JSON object, or null if there is none. */
export async function explainJsonLines(file: DataFile): Promise<string | null> {
  let lineNumber = 0;
  for await (const line of readLines(file)) {
    lineNumber++;
    const problem = problemOf(line);
    if (problem !== null) return `line ${lineNumber} ${problem}`;
  }
  return null;
}

async function* readLines(file: DataFile): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of readTextChunks(file)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

function problemOf(line: string): string | null {
  if (line.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return null;
    return `holds no object: ${line.slice(0, 40)}; expected one {…} a line`;
  } catch (error) {
    return `is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
