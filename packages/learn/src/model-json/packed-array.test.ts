import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LearnError } from '../errors.ts';
import { fromBase64, toBase64 } from './base64.ts';
import {
  packFloat32,
  packFloat64,
  packInt32,
  packUint8,
  packUint32,
  unpackFloat32,
  unpackFloat64,
  unpackInt32,
  unpackUint8,
  unpackUint32,
} from './packed-array.ts';

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof LearnError && error.code === 'MODEL_INVALID') return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('a packed array', () => {
  it('is the base64 text of its little-endian bytes', () => {
    expect(packFloat32(Float32Array.of(1, -2))).toEqual({ float32: 'AACAPwAAAMA=' });
    expect(packFloat64(Float64Array.of(1))).toEqual({ float64: 'AAAAAAAA8D8=' });
    expect(packInt32(Int32Array.of(-1))).toEqual({ int32: '/////w==' });
    expect(packUint32(Uint32Array.of(258))).toEqual({ uint32: 'AgEAAA==' });
    expect(packUint8(Uint8Array.of(1, 2, 3))).toEqual({ uint8: 'AQID' });
    expect(packUint8(new Uint8Array(0))).toEqual({ uint8: '' });
  });

  it('comes back bit for bit', () => {
    const limits = { notFinite: true };
    fc.assert(
      fc.property(
        fc.float32Array(),
        fc.float64Array(),
        fc.int32Array(),
        fc.uint32Array(),
        fc.uint8Array({ maxLength: 100 }),
        (f32, f64, i32, u32, u8) => {
          expect(unpackFloat32(throughJson(packFloat32(f32)), 'x', limits)).toEqual(f32);
          expect(unpackFloat64(throughJson(packFloat64(f64)), 'x', limits)).toEqual(f64);
          expect(unpackInt32(throughJson(packInt32(i32)), 'x')).toEqual(i32);
          expect(unpackUint32(throughJson(packUint32(u32)), 'x')).toEqual(u32);
          expect(unpackUint8(throughJson(packUint8(u8)), 'x')).toEqual(u8);
        },
      ),
    );
  });

  it('packs a part of a shared buffer', () => {
    const all = new Int32Array(new SharedArrayBuffer(16));
    all.set([1, 2, 3, 4]);
    expect([...unpackInt32(packInt32(all.subarray(1, 3)), 'x')]).toEqual([2, 3]);
  });

  it('packs more bytes than a call takes arguments', () => {
    const values = Uint32Array.from({ length: 100_001 }, (_, i) => i * 40_000);
    expect(unpackUint32(packUint32(values), 'x')).toEqual(values);
  });

  it.each<[unknown, string]>([
    [null, 'thresholds is not an object'],
    ['AACAPw==', 'thresholds is not an object'],
    [{ float64: 'AACAPw==' }, "thresholds has no 'float32'"],
    [{ float32: 1 }, "thresholds has no 'float32'"],
    [{ float32: 'AACAPw=' }, 'is not the base64 text of float32'],
    [{ float32: 'AACA' }, 'is not the base64 text of float32'],
    [{ float32: 'AACAPwAAAM*=' }, 'is not the base64 text of float32'],
    [{ float32: 'AACAPx==' }, 'is not the base64 text of float32'],
    [{ float32: 'A===' }, 'is not the base64 text of float32'],
    [{ float32: 'AACAPw==AACA' }, 'is not the base64 text of float32'],
    [{ float32: 'AADAfw==' }, 'thresholds at index 0 is not a finite number'],
    [{ float32: 'AACAPwAAgH8=' }, 'thresholds at index 1 is not a finite number'],
  ])('refuses %j', (value, problem) => {
    expect(messageOf(() => unpackFloat32(value, 'thresholds'))).toContain(problem);
  });

  it('keeps to the length that is expected', () => {
    const packed = packFloat64(Float64Array.of(1, 2, 3));
    expect(unpackFloat64(packed, 'x', { length: 3 })).toHaveLength(3);
    expect(messageOf(() => unpackFloat64(packed, 'x', { length: 2 }))).toContain(
      'x has 3 items, and 2 are expected',
    );
    expect(messageOf(() => unpackFloat64(packed, 'x', { maxLength: 2 }))).toContain('0 to 2');
    expect(messageOf(() => unpackFloat64(packed, 'x', { minLength: 4 }))).toContain('x has 3');
  });
});

describe('base64', () => {
  it('is what Node reads and writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('never reads a text that it would write otherwise', () => {
    const nearly = fc.string({
      unit: fc.constantFrom('A', 'B', '/', '=', '-', ' '),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string()), (text) => {
        const bytes = fromBase64(text);
        if (bytes !== null) expect(toBase64(bytes)).toBe(text);
      }),
    );
  });
});
