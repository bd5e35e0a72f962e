import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openSealed, sealText } from './sealed-text.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sealed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = path.join(folder, 'config', 'key');

test('a text comes back as it was, and cannot be read without the key', () => {
  const property = fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), (text) => {
    const sealed = sealText(text, key);
    expect(JSON.stringify(sealed)).not.toContain(JSON.stringify(text).slice(1, -1));
    expect(openSealed(sealed, key)).toBe(text);
  });
  fc.assert(property);
});

test('the key is made once, for its owner alone', () => {
  sealText('a', key);
  const before = readFileSync(key);
  sealText('b', key);
  expect(readFileSync(key)).toEqual(before);
  expect(statSync(key).mode & 0o777).toBe(0o600);
});

test('what was changed, or sealed with another key, is refused', () => {
  const sealed = sealText('secret', key);
  const changed = { ...sealed, text: Buffer.from('secreT').toString('base64') };
  expect(() => openSealed(changed, key)).toThrow();
  expect(() => openSealed(sealed, path.join(folder, 'other'))).toThrow();
});

test('a key that is none is told with its place', () => {
  const none = path.join(folder, 'none');
  writeFileSync(none, 'short');
  expect(() => sealText('a', none)).toThrow(/none, the key that seals .* cannot be used/);
  expect(() => sealText('a', path.join(none, 'below'))).toThrow('cannot be used');
});
