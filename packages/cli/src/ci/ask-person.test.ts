// A person at the terminal, whose end of it is a stream here.
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { askPerson } from './ask-person.ts';

afterEach(() => vi.restoreAllMocks());

function terminal(): PassThrough {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(stream as unknown as typeof process.stdin);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  return stream;
}

const going = new AbortController().signal;
const question = (stage: string) => ({ kind: 'approval', stage, about: ['production'] }) as const;

test.each([
  ['y', true],
  ['YES', true],
  [' yes ', true],
  ['n', false],
  ['', false],
  ['yesterday', false],
])('%j at the terminal is %s', async (typed, isApproved) => {
  const stream = terminal();
  const answer = askPerson([])(question('Prod'), going);
  stream.write(`${typed}\n`);
  expect(await answer).toEqual({ isApproved, by: 'the terminal' });
});

test('is asked one thing at a time', async () => {
  const stream = terminal();
  const ask = askPerson([]);
  const first = ask(question('A'), going);
  const second = ask(question('B'), going);
  stream.write('y\n');
  expect(await first).toMatchObject({ isApproved: true });
  stream.write('n\n');
  expect(await second).toMatchObject({ isApproved: false });
});

test('is asked no more when the run is canceled', async () => {
  terminal();
  const cancel = new AbortController();
  const answer = askPerson([])(question('Prod'), cancel.signal);
  cancel.abort();
  expect(await answer).toEqual({ isApproved: false, by: 'the end of the run' });
});

test('is not asked what --approve has answered', async () => {
  terminal();
  for (const words of [['prod'], ['all']])
    expect(await askPerson(words)(question('Prod'), going)).toEqual({
      isApproved: true,
      by: '--approve',
    });
});
