import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretMasker } from '../variable/secret-masker.ts';
import type { LogLine } from './log-line.ts';
import { OutputReader } from './output-reader.ts';
import { StepLog } from './step-log.ts';

interface ReadOutput {
  readonly lines: readonly string[];
  readonly commands: readonly string[];
}

function read(chunks: readonly Buffer[], secrets: readonly string[] = []): ReadOutput {
  const lines: string[] = [];
  const commands: string[] = [];
  const masker = new SecretMasker();
  for (const secret of secrets) masker.add(secret);
  const log = new StepLog('main.1', masker, ({ text }: LogLine) => lines.push(text));
  const reader = new OutputReader(log.output(), (line) => {
    if (!line.includes('##vso[')) return false;
    commands.push(line);
    return true;
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { lines, commands };
}

function chunked(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((end, at) => bytes.subarray(places[at - 1] ?? 0, end));
}

const piece = fc.constantFrom(
  'a',
  'ü€😀',
  '\n',
  '\r',
  '\r\n',
  '##vso[',
  'x.y]',
  'secret',
  'sec',
  ' ',
);
const output = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('the output of a process', () => {
  it('reads the same wherever its chunks end', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(), { maxLength: 10 }), (text, cuts) => {
        const whole = read([Buffer.from(text)], ['secret']);
        expect(read(chunked(text, cuts), ['secret'])).toEqual(whole);
        expect(whole.lines.join('\n')).not.toContain('secret');
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses and adds no line', () => {
    fc.assert(
      fc.property(output, fc.array(fc.nat(), { maxLength: 10 }), (text, cuts) => {
        const { lines, commands } = read(chunked(text, cuts));
        const expected = text.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines.length + commands.length).toBe(expected.length);
        expect(lines).toEqual(expected.filter((line) => !line.includes('##vso[')));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is cut where a line has no end, and nothing of it is lost', () => {
    const text = 'x'.repeat(3_500_000);
    const { lines } = read([Buffer.from(text)]);
    expect(lines.join('')).toBe(text);
  });
});
