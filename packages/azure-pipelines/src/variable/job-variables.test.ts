import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentName } from './environment-name.ts';
import { JobVariables } from './job-variables.ts';
import { SecretMasker } from './secret-masker.ts';

function variables(): JobVariables {
  return new JobVariables(new SecretMasker());
}

describe('the environment of a process', () => {
  it.each([
    ['Build.SourcesDirectory', 'BUILD_SOURCESDIRECTORY'],
    ['my var', 'MY_VAR'],
    ['my-var', 'MY-VAR'],
    ['step.out put', 'STEP_OUT_PUT'],
  ])('holds %s as %s', (name, expected) => {
    expect(environmentName(name)).toBe(expected);
  });

  it('keeps the letter case where it is asked to', () => {
    const all = variables();
    all.set('My.Var', 'x', { preserveCase: true });
    expect(all.environment().env).toEqual({ My_Var: 'x' });
  });

  it('leaves out what no process can take', () => {
    const all = variables();
    all.set('long', 'x'.repeat(200_000));
    all.set('zero', 'a\0b');
    all.set('with=sign', 'x');
    all.set('good', 'x'.repeat(100_000));
    const { env, left } = all.environment();
    expect(Object.keys(env)).toEqual(['GOOD']);
    expect(left).toEqual(['long', 'zero', 'with=sign']);
  });

  it('never holds a secret, whatever refers to it', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const value = fc.array(fc.constantFrom('$(a)', '$(b)', '$(c)', '$(d)', '-'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (settings) => {
        const all = variables();
        all.set('s', 'hidden-value', { secret: true });
        for (const [key, parts] of settings) all.set(key, parts.join('').replaceAll('-', '$(s)'));
        all.recalculate();
        expect(JSON.stringify(all.environment().env)).not.toContain('hidden-value');
      }),
    );
  });
});

describe('a variable', () => {
  it('that has been a secret stays one', () => {
    const all = variables();
    all.set('a', 'first', { secret: true });
    all.set('A', 'second');
    expect(all.find('a')).toMatchObject({ name: 'a', value: 'second', secret: true });
  });

  it('expands when it is recalculated and not before', () => {
    const all = variables();
    all.set('a', '$(b)');
    all.set('b', '1');
    expect(all.get('a')).toBe('$(b)');
    all.recalculate();
    expect(all.get('a')).toBe('1');
    all.set('b', '2');
    expect(all.get('a')).toBe('1');
    all.recalculate();
    expect(all.get('a')).toBe('2');
  });
});
