// JUnit's XML, which half the world's test runners write: suites in suites, and cases.

import { childNamed, elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import { secondsToMs, testCase } from './test-case.ts';
import type { TestCase } from './test-run.ts';

export function* readJUnit(root: XmlElement): Generator<TestCase> {
  for (const suite of elementsNamed(root, 'testsuite')) {
    for (const element of suite.children) {
      if (element.name === 'testcase') yield readCase(element, suite);
    }
  }
}

function readCase(element: XmlElement, suite: XmlElement): TestCase {
  const problem = childNamed(element, 'failure') ?? childNamed(element, 'error');
  const skipped = childNamed(element, 'skipped');
  const { name, classname, time } = element.attributes;
  return testCase({
    name,
    suite: classname ?? suite.attributes.name,
    outcome: problem !== undefined ? 'failed' : skipped !== undefined ? 'skipped' : 'passed',
    durationMs: secondsToMs(time),
    message: (problem ?? skipped)?.attributes.message,
    stackTrace: problem?.text,
  });
}
