// VSTest's `.trx`: results, and definitions that say which class a test is of.

import { childNamed, elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import { testCase, textIn } from './test-case.ts';
import type { TestCase, TestOutcome } from './test-run.ts';

export function* readVsTest(root: XmlElement): Generator<TestCase> {
  const classes = classNames(root);
  for (const element of elementsNamed(root, 'UnitTestResult')) {
    const { testName, testId = '', outcome, duration } = element.attributes;
    const output = childNamed(element, 'Output');
    const error = output === undefined ? undefined : childNamed(output, 'ErrorInfo');
    yield testCase({
      name: testName,
      suite: classes.get(testId),
      outcome: outcomeOf(outcome),
      durationMs: timeSpanToMs(duration),
      message: textIn(error, 'Message'),
      stackTrace: textIn(error, 'StackTrace'),
    });
  }
}

function classNames(root: XmlElement): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const test of elementsNamed(root, 'UnitTest')) {
    const method = childNamed(test, 'TestMethod');
    // The class's name may carry its assembly's behind a comma.
    const [name = ''] = (method?.attributes.className ?? '').split(',');
    names.set(test.attributes.id ?? '', name);
  }
  return names;
}

function outcomeOf(outcome = ''): TestOutcome {
  if (/^passed/i.test(outcome)) return 'passed';
  return /^(failed|error|timeout|aborted)$/i.test(outcome) ? 'failed' : 'skipped';
}

/** `hh:mm:ss.fffffff` */
function timeSpanToMs(text = ''): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  const total = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return Number.isFinite(total) ? total : 0;
}
