// NUnit 2 (`test-results`) and 3 (`test-run`), whose cases differ in words only.

import { childNamed, elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import { secondsToMs, testCase, textIn } from './test-case.ts';
import type { TestCase, TestOutcome } from './test-run.ts';

export function* readNUnit(root: XmlElement): Generator<TestCase> {
  for (const element of elementsNamed(root, 'test-case')) {
    const { name, fullname, classname, duration, time } = element.attributes;
    const failure = childNamed(element, 'failure');
    const note = failure ?? childNamed(element, 'reason');
    yield testCase({
      name: fullname ?? name,
      suite: classname,
      outcome: outcomeOf(element.attributes.result),
      durationMs: secondsToMs(duration ?? time),
      message: textIn(note, 'message'),
      stackTrace: textIn(failure, 'stack-trace'),
    });
  }
}

function outcomeOf(result = ''): TestOutcome {
  if (/^(passed|success)$/i.test(result)) return 'passed';
  return /^(failed|failure|error)$/i.test(result) ? 'failed' : 'skipped';
}
