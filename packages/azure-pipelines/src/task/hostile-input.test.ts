import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { builtInRegistry } from './built-in-tasks.ts';
import { isLiteral } from './cache/fingerprint.ts';
import { readCoverage } from './coverage/read-coverage.ts';
import { evaluateCriteria } from './server/success-criteria.ts';
import { TaskFailure } from './task-outcome.ts';
import { readTestFile } from './test-results/read-test-file.ts';
import { testFormats } from './test-results/test-run.ts';
import { bestVersion } from './tool/version-spec.ts';
import { isVisible } from './visible-rule.ts';

/** What a user can cause is a failure with a message, and nothing else is thrown. */
function endsWell(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(TaskFailure);
  }
}

const xmlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<testsuite>',
        '</testsuite>',
        '<testcase name="a"',
        '/>',
        '<failure',
        '<!--',
      ),
      fc.constantFrom(
        '<coverage>',
        '<class filename="x">',
        '<line number="1" hits="2"/>',
        '&amp;',
        '&x;',
      ),
      fc.constantFrom('<![CDATA[', ']]>', '<!DOCTYPE a [', '<?xml version="1.0"?>', '\0', '\ufeff'),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''));

describe('whatever comes in', () => {
  it('reports are read or refused', () => {
    fc.assert(
      fc.property(xmlish, fc.constantFrom(...testFormats), (text, format) => {
        endsWell(() => readTestFile(text, format));
        endsWell(() => readCoverage(text));
      }),
    );
  });

  it('a report of many elements below one another is refused', () => {
    endsWell(() => readTestFile('<testsuite>'.repeat(100_000), 'JUnit'));
  });

  it('entities of the file itself are not expanded', () => {
    const bomb = `<!DOCTYPE t [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;">]><testsuite name="&b;"/>`;
    expect(() => readTestFile(bomb, 'JUnit')).toThrow('no XML');
  });

  it('rules, versions and keys are judged', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof isVisible(text, () => text)).toBe('boolean');
        expect(typeof isLiteral(text)).toBe('boolean');
        bestVersion([text, '1.2.3'], text);
      }),
    );
  });

  it('criteria over answers are judged or refused', () => {
    const words = fc.constantFrom(
      'eq(',
      'root',
      "['a']",
      '.b',
      ',',
      ')',
      '1',
      'and(',
      "'x'",
      '*',
      ' ',
    );
    const text = fc.array(words).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.json(), (criteria, body) => {
        endsWell(() => evaluateCriteria(criteria, body));
      }),
    );
    endsWell(() => evaluateCriteria('eq(1, 1)', '['.repeat(10_000) + ']'.repeat(10_000)));
  });

  it('steps are checked', () => {
    const tasks = builtInRegistry();
    const origin = { file: 'a.yml', line: 1, column: 1 };
    const names = fc.oneof(fc.constantFrom(...tasks.names()), fc.string());
    const inputs = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('script', '__proto__')),
      fc.string(),
    );
    fc.assert(
      fc.property(names, fc.string(), inputs, (name, version, given) => {
        const texts = Object.entries(given).map(([key, text]) => [key, { text, origin }] as const);
        const step = {
          refName: 's',
          task: { name, version },
          inputs: new Map(texts),
          env: new Map(),
          enabled: true,
          origin,
        } as const;
        tasks.checkStep(step, new DiagnosticSink());
      }),
    );
  });
});
