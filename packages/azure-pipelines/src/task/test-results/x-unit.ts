// xUnit.net 1 and 2: `test` elements below assemblies, in collections or classes.

import { childNamed, elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import { secondsToMs, testCase, textIn } from './test-case.ts';
import type { TestCase } from './test-run.ts';

const outcomes = { pass: 'passed', fail: 'failed' } as const;

export function* readXUnit(root: XmlElement): Generator<TestCase> {
  for (const element of elementsNamed(root, 'test')) {
    const { name, type, time, result = '' } = element.attributes;
    const failure = childNamed(element, 'failure');
    const word = result.toLowerCase();
    yield testCase({
      name,
      suite: type,
      outcome: word === 'pass' || word === 'fail' ? outcomes[word] : 'skipped',
      durationMs: secondsToMs(time),
      message: textIn(failure, 'message') ?? textIn(element, 'reason'),
      stackTrace: textIn(failure, 'stack-trace'),
    });
  }
}
