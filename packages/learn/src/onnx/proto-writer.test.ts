import { expect, it } from 'vitest';
import { ProtoWriter } from './proto-writer.ts';

const bytesOf = (writer: ProtoWriter) => [...writer.finish()];

// The bytes are those of the examples of Protocol Buffers' own description of its encoding.
it.each<[string, ProtoWriter, number[]]>([
  ['a small number', new ProtoWriter().int(1, 150), [0x08, 0x96, 0x01]],
  ['nothing', new ProtoWriter().int(1, 0), [0x08, 0x00]],
  ['a text', new ProtoWriter().text(2, 'testing'), [0x12, 0x07, ...Buffer.from('testing')]],
  ['a text of two bytes a letter', new ProtoWriter().text(1, 'é'), [0x0a, 0x02, 0xc3, 0xa9]],
  [
    'a message',
    new ProtoWriter().message(3, new ProtoWriter().int(1, 150)),
    [0x1a, 0x03, 0x08, 0x96, 0x01],
  ],
  [
    'a packed list',
    new ProtoWriter().ints(6, [3, 270, 86942]),
    [0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05],
  ],
  [
    'a negative number',
    new ProtoWriter().int(1, -2),
    [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  ],
  [
    'a number beyond 32 bits',
    new ProtoWriter().int(1, 2 ** 35),
    [0x08, 128, 128, 128, 128, 128, 1],
  ],
  ['a field beyond 15', new ProtoWriter().int(20, 1), [0xa0, 0x01, 0x01]],
  ['a float', new ProtoWriter().float(2, 1), [0x15, 0, 0, 0x80, 0x3f]],
  ['a list of floats', new ProtoWriter().floats(7, [1]), [0x3a, 0x04, 0, 0, 0x80, 0x3f]],
])('writes %s', (_, writer, bytes) => {
  expect(bytesOf(writer)).toEqual(bytes);
});

it('keeps the order of fields through messages of any size', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => i);
  const inner = new ProtoWriter().ints(1, many).int(2, 7);
  const bytes = bytesOf(new ProtoWriter().int(1, 1).message(2, inner).int(3, 3));
  expect(bytes.slice(0, 2)).toEqual([0x08, 0x01]);
  expect(bytes.slice(-4)).toEqual([0x10, 0x07, 0x18, 0x03]);
  expect(bytes.length).toBe(2 + 4 + inner.finish().length + 2);
});
