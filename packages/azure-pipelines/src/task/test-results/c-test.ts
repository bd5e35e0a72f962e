// CTest's dashboard file: tests with a status and named measurements.

import { childNamed, childrenNamed, elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import { secondsToMs, testCase, textIn } from './test-case.ts';
import type { TestCase, TestOutcome } from './test-run.ts';

const outcomes: Readonly<Record<string, TestOutcome>> = { passed: 'passed', failed: 'failed' };

export function* readCTest(root: XmlElement): Generator<TestCase> {
  for (const element of elementsNamed(root, 'Test')) {
    const status = element.attributes.Status;
    // The list of names at the file's beginning has elements of the same name.
    if (status === undefined) continue;
    const results = childNamed(element, 'Results');
    const outcome = outcomes[status.toLowerCase()] ?? 'skipped';
    yield testCase({
      name: textIn(element, 'Name'),
      suite: textIn(element, 'Path'),
      outcome,
      durationMs: secondsToMs(measurement(results, 'Execution Time')),
      message: outcome === 'failed' ? measurement(results, 'Exit Code') : undefined,
      stackTrace: outcome === 'failed' ? outputOf(results) : undefined,
    });
  }
}

function measurement(results: XmlElement | undefined, name: string): string | undefined {
  const all = results === undefined ? [] : childrenNamed(results, 'NamedMeasurement');
  return textIn(
    all.find((one) => one.attributes.name === name),
    'Value',
  );
}

function outputOf(results: XmlElement | undefined): string | undefined {
  return textIn(results === undefined ? undefined : childNamed(results, 'Measurement'), 'Value');
}
