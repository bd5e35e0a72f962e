import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MaskStream } from './mask-stream.ts';
import { secretForms } from './secret-forms.ts';
import { SecretMasker } from './secret-masker.ts';
import { SecretMatcher } from './secret-matcher.ts';

/** Marks every place that any of the texts covers; what is marked in a row becomes one mask. */
function maskNaively(text: string, secrets: readonly string[]): string {
  const isSecret = new Array<boolean>(text.length).fill(false);
  for (const secret of secrets) {
    for (
      let at = text.indexOf(secret);
      at >= 0 && secret !== '';
      at = text.indexOf(secret, at + 1)
    ) {
      isSecret.fill(true, at, at + secret.length);
    }
  }
  const units = Array.from({ length: text.length }, (_, at) => {
    if (isSecret[at] !== true) return text[at];
    return isSecret[at - 1] === true ? '' : '***';
  });
  return units.join('');
}

function inPieces(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [...places, text.length].map((end, index) => text.slice(places[index - 1] ?? 0, end));
}

function maskInPieces(pieces: readonly string[], secrets: readonly string[]): string {
  const matcher = new SecretMatcher(secrets);
  const stream = new MaskStream(() => matcher);
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'c'), maxLength: 40 });
const secret = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 6 });
const secrets = fc.array(secret, { maxLength: 5 });
const cuts = fc.array(fc.nat(), { maxLength: 8 });

describe('a stream', () => {
  it('is masked as its whole text would be, wherever it is cut', () => {
    fc.assert(
      fc.property(letters, secrets, cuts, (text, hidden, at) => {
        expect(maskInPieces(inPieces(text, at), hidden)).toBe(maskNaively(text, hidden));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never lets through a secret, nor the beginning of one that it has not decided about', () => {
    fc.assert(
      fc.property(letters, secret, letters, cuts, (before, hidden, after, at) => {
        const pieces = inPieces(before + hidden + after, at);
        const matcher = new SecretMatcher([hidden]);
        const stream = new MaskStream(() => matcher);
        let shown = '';
        for (const piece of pieces) {
          shown += stream.push(piece);
          expect(maskNaively(before + hidden + after, [hidden]).startsWith(shown)).toBe(true);
        }
      }),
    );
  });

  it('masks a secret that becomes known while its beginning is held back', () => {
    let matcher = new SecretMatcher(['abcd']);
    const stream = new MaskStream(() => matcher);
    expect(stream.push('x abc')).toBe('x ');
    matcher = new SecretMatcher(['abcd', 'abcxyz']);
    expect(stream.push('xyz y') + stream.end()).toBe('*** y');
  });

  it('masks secrets that overlap or touch as one', () => {
    expect(maskInPieces(['xabcdx abcdefx'], ['abc', 'bcd', 'def'])).toBe('x***x ***x');
  });
});

describe('a secret', () => {
  const value = 'p4$s "wörd\\/+ 100%; [x]';
  const forms: readonly (readonly [string, string])[] = [
    ['as it is', value],
    ['as JSON', JSON.stringify({ value })],
    ['as JSON in ASCII', '"p4$s \\"w\\u00f6rd\\\\/\\u002b 100%; [x]"'],
    ['in a URI', `?key=${encodeURIComponent(value)}`],
    [
      'in a form',
      `key=${new URLSearchParams({ value }).get('value') === value ? encodeURIComponent(value).replaceAll('%20', '+') : ''}`,
    ],
    ['with backslashes doubled', value.replaceAll('\\', '\\\\')],
    ['as base64', Buffer.from(value).toString('base64')],
    ['as base64 behind a name', Buffer.from(`user:${value}`).toString('base64')],
    [
      'as base64 behind one byte and before others',
      Buffer.from(`.${value}rest`).toString('base64'),
    ],
    ['as base64 for URLs', Buffer.from(`..${value}`).toString('base64url')],
    ['as the message of a command', value.replaceAll('%', '%AZP25')],
    [
      'as a property of a command',
      value.replaceAll('%', '%AZP25').replaceAll(';', '%3B').replaceAll(']', '%5D'),
    ],
  ];

  it.each(forms)('is masked %s', (_, text) => {
    const masker = new SecretMasker();
    masker.add(value);
    const masked = masker.mask(`before ${text} after`);
    expect(masked).toContain('***');
    for (const part of [
      'p4$s',
      'w\\u00f6rd',
      'w%C3%B6rd',
      Buffer.from(value).toString('base64').slice(4, 16),
    ]) {
      expect(masked).not.toContain(part);
    }
    expect(masked).toMatch(/^before .* after$/);
  });

  it('is masked without the blanks and quotes around it', () => {
    const masker = new SecretMasker();
    masker.add('  "s3cret-value"  ');
    expect(masker.mask('the s3cret-value is')).toBe('the *** is');
  });

  it('of several lines is masked as a whole, and each telling line of it', () => {
    const masker = new SecretMasker();
    masker.add('-----BEGIN\r\nMIIBVgIBADANBg\n{\n-----END');
    expect(masker.mask('x-----BEGIN\nMIIBVgIBADANBg\n{\n-----END')).toBe('x***');
    expect(masker.mask('line MIIBVgIBADANBg\nand { stays')).toBe('line ***\nand { stays');
  });

  it('of nothing, or white space alone, masks nothing', () => {
    const masker = new SecretMasker();
    masker.add('');
    masker.add(' \n ');
    expect(masker.mask('a b\n c')).toBe('a b\n c');
  });

  it('is masked in every one of its forms', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const masker = new SecretMasker();
        masker.add(text);
        for (const form of secretForms(text)) expect(masker.mask(form)).toBe('***');
      }),
    );
  });

  it('does not slow down a text that is made of its beginnings', () => {
    const masker = new SecretMasker();
    masker.add(`${'a'.repeat(5_000)}b`);
    expect(masker.mask('a'.repeat(1_000_000))).toHaveLength(1_000_000);
  });
});

describe('a password in a URL', () => {
  it('is masked, whoever it belongs to', () => {
    const masker = new SecretMasker();
    expect(masker.mask('git clone https://me:t0ken@host/x and //a@b')).toBe(
      'git clone https://me:***@host/x and //a@b',
    );
  });
});
