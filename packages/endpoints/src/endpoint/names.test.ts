import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDeploymentName, checkEndpointName, quoted } from './names.ts';

describe('endpoint names', () => {
  it.each(['abc', 'Diabetes-1', 'a--', `a${'1'.repeat(31)}`])('allow %j', (name) => {
    expect(() => checkEndpointName(name)).not.toThrow();
  });

  it.each([
    '',
    'ab',
    `a${'1'.repeat(32)}`,
    '1abc',
    '-abc',
    'a.b',
    'a/b',
    '../..',
    'abc\n',
    'äbc',
    'a b',
    '__proto__',
    'abc\0',
  ])('refuse %j, and say the rule', (name) => {
    expect(() => checkEndpointName(name)).toThrow(
      expect.objectContaining({
        code: 'ENDPOINT_NAME_INVALID',
        status: 400,
        message: expect.stringMatching(/3 to 32 characters: a letter first/),
      }),
    );
  });

  it('that are allowed are one plain path segment', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        try {
          checkEndpointName(name);
        } catch {
          return;
        }
        expect(encodeURIComponent(name)).toBe(name);
        expect(name).not.toMatch(/[./\\]/);
      }),
    );
  });
});

it('deployment names follow the same rule under their own code', () => {
  expect(() => checkDeploymentName('blue')).not.toThrow();
  expect(() => checkDeploymentName('b')).toThrow(
    expect.objectContaining({ code: 'DEPLOYMENT_NAME_INVALID', status: 400 }),
  );
});

it('quoted values show control characters and are cut', () => {
  expect(quoted('a\nb')).toBe('"a\\nb"');
  expect(quoted('x'.repeat(1000))).toHaveLength(67);
  expect(quoted(undefined)).toBe('"undefined"');
});
