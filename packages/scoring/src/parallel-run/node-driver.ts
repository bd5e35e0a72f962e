// Runs an entry script for Node in a process of its own: asked on standard input, it answers on file
// descriptor 3, a line of JSON each, so that what the script prints is nothing but its log.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { formatCsvRecord } from '@ridgeline/tabular';
import type { BatchResult } from './mini-batch.ts';
import type { Question } from './worker-messages.ts';

interface EntryScript {
  init?(): unknown;
  run?(miniBatch: unknown): unknown;
}

const [script = '', ...programArguments] = process.argv.slice(2);
process.argv = [process.execPath, script, ...programArguments];

async function main(): Promise<void> {
  const loaded: EntryScript & { readonly default?: EntryScript } = await import(
    pathToFileURL(script).href
  );
  const entry = loaded.run === undefined ? (loaded.default ?? loaded) : loaded;
  if (typeof entry.run !== 'function') throw new Error(`${script} has no function 'run'`);
  await entry.init?.();
  answer({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const question: Question = JSON.parse(line);
    try {
      answer({ id: question.id, result: toResult(await entry.run(miniBatchOf(question))) });
    } catch (error) {
      answer({ id: question.id, error: traceOf(error) });
    }
  }
}

function miniBatchOf(question: Question): unknown {
  if (question.kind === 'files') return question.files;
  const { header } = question;
  return question.rows.map((row) =>
    Object.fromEntries(header.map((name, index) => [name, row[index] ?? null])),
  );
}

function toResult(value: unknown): BatchResult {
  if (value === undefined || value === null) return { header: null, text: '', count: 0 };
  if (!Array.isArray(value)) throw new Error('run must give back a list, one entry a file or row');
  const isTable = value.length > 0 && value.every(isRecord);
  if (!isTable) {
    return { header: null, text: value.map((row) => `${row}\n`).join(''), count: value.length };
  }
  const header = Object.keys(value[0]);
  const text = value.map((row) => `${formatCsvRecord(fieldsOf(row, header))}\n`).join('');
  return { header, text, count: value.length };
}

function fieldsOf(row: Record<string, unknown>, header: readonly string[]): (string | null)[] {
  const unknown = Object.keys(row).find((name) => !header.includes(name));
  if (unknown !== undefined) {
    throw new Error(`run gave back a row with '${unknown}', which the first row does not have`);
  }
  return header.map((name) => {
    const cell = row[name];
    return cell === null || cell === undefined ? null : String(cell);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function answer(message: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length; ) at += writeSync(3, bytes, at);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().then(
  () => process.exit(0),
  (error) => {
    answer({ failed: traceOf(error) });
    process.exit(1);
  },
);
