import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { LinkSigner } from './signed-link.ts';

let now: number;
let signer: LinkSigner;
beforeEach(() => {
  now = 1_000_000;
  signer = new LinkSigner(60_000, () => now);
});

test('a link works until its time is up', () => {
  const link = signer.sign('run', 'a/b.txt');
  expect(signer.isValid(link)).toBe(true);
  now += 59_999;
  expect(signer.isValid(link)).toBe(true);
  now += 2;
  expect(signer.isValid(link)).toBe(false);
});

describe('a link does not work', () => {
  test.each([
    ['for another run', { runId: 'other' }],
    ['for another file', { path: 'a/c.txt' }],
    ['for longer', { se: '9999999999' }],
    ['without a signature', { sig: '' }],
    ['with half a signature', { sig: 'ab' }],
  ])('%s', (_what, change) => {
    expect(signer.isValid({ ...signer.sign('run', 'a/b.txt'), ...change })).toBe(false);
  });

  test('at another server', () => {
    expect(new LinkSigner(60_000, () => now).isValid(signer.sign('run', 'a'))).toBe(false);
  });
});

test('no two files share a link', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '/', '"', ',', '\0') });
  fc.assert(
    fc.property(text, text, text, text, (run, path, otherRun, otherPath) => {
      const same = run === otherRun && path === otherPath;
      const { se, sig } = signer.sign(run, path);
      expect(signer.isValid({ runId: otherRun, path: otherPath, se, sig })).toBe(same);
    }),
  );
});
