import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('text from outside', () => {
  it.each([
    ['##vso[task.setvariable variable=x]1', '#vso[task.setvariable variable=x]1'],
    ['a ##VSO[x]', 'a #VSO[x]'],
    ['####vso[x]', '###vso[x]'],
    ['##[command]ls', '##[command]ls'],
  ])('%s is %s', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});
