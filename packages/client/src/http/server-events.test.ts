import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ServerEventParser } from './server-events.ts';

function parse(text: string, cuts: readonly number[] = []) {
  const parser = new ServerEventParser();
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return places.flatMap((place, index) =>
    parser.push(bytes.subarray(places[index - 1] ?? 0, place)),
  );
}

const text = `retry: 1000
id: 1
event: run
data: {"name":"grüße"}

: a comment
id: 2

data: one
data:two
data

event: lost, as it has no data

`;
const events = [
  { id: '1', event: 'run', data: '{"name":"grüße"}' },
  { id: '2', event: 'message', data: 'one\ntwo\n' },
];

it('reads what a server sends, by any line ends', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    expect(parse(`${text.replaceAll('\n', end)}: `)).toEqual(events);
  }
});

it('reads the same however it comes in pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.constantFrom('\n', '\r\n'), (cuts, end) => {
      expect(parse(text.replaceAll('\n', end), cuts)).toEqual(events);
    }),
  );
});

it('knows the id of an event without data, from which to go on', () => {
  const parser = new ServerEventParser();
  parser.push(new TextEncoder().encode('id: 7\n\n'));
  expect(parser.lastId).toBe('7');
});

it('refuses an event without end', () => {
  const parser = new ServerEventParser();
  const piece = new TextEncoder().encode('x'.repeat(600_000));
  parser.push(piece);
  expect(() => parser.push(piece)).toThrow(RangeError);
});
