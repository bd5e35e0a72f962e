// The lines of a step's log, from a number on. The file grows at its end only, and a line counts
// once its end is there.
import { open } from 'node:fs/promises';
import type { LogLines } from './build-files.ts';

/** So many lines are given at once. */
export const maxLogLines = 10_000;
const maxCharacters = 4 * 1024 * 1024;

export async function readLogLines(
  file: string | null,
  from: number,
  limit: number,
  hasEnded: boolean,
): Promise<LogLines> {
  if (file === null) return { lines: [], next: 0, isComplete: hasEnded };
  const lines: string[] = [];
  let number = 0;
  let size = 0;
  for await (const line of wholeLines(file, hasEnded)) {
    if (lines.length >= limit || size > maxCharacters)
      return { lines, next: from + lines.length, isComplete: false };
    if (number >= from) {
      lines.push(line);
      size += line.length;
    }
    number += 1;
  }
  return { lines, next: Math.min(from, number) + lines.length, isComplete: hasEnded };
}

/** A last line without an end is only given once nothing comes behind it. */
async function* wholeLines(file: string, hasEnded: boolean): AsyncGenerator<string> {
  const handle = await open(file).catch(noneIfAbsent);
  if (handle === null) return;
  let rest = '';
  for await (const chunk of handle.createReadStream({ encoding: 'utf8' })) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (hasEnded && rest !== '') yield rest;
}

/** A step that has only just begun to print has its file in a moment. */
function noneIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
