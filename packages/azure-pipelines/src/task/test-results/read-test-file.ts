// Test result files of each format into one shape of case.

import { TaskFailure } from '../task-outcome.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { readCTest } from './c-test.ts';
import { readJUnit } from './j-unit.ts';
import { readNUnit } from './n-unit.ts';
import type { TestCase, TestFormat } from './test-run.ts';
import { readVsTest } from './vs-test.ts';
import { readXUnit } from './x-unit.ts';

interface Reader {
  readonly roots: readonly string[];
  readonly read: (root: XmlElement) => Iterable<TestCase>;
}

const readers: Readonly<Record<TestFormat, Reader>> = {
  JUnit: { roots: ['testsuites', 'testsuite'], read: readJUnit },
  NUnit: { roots: ['test-run', 'test-results'], read: readNUnit },
  XUnit: { roots: ['assemblies', 'assembly'], read: readXUnit },
  VSTest: { roots: ['TestRun'], read: readVsTest },
  CTest: { roots: ['Site'], read: readCTest },
};

/** @throws TaskFailure for a text that is not of that format */
export function readTestFile(text: string, format: TestFormat): readonly TestCase[] {
  const root = readXml(text);
  const { roots, read } = readers[format];
  if (!roots.includes(root.name)) {
    throw new TaskFailure(
      `its root is <${root.name}>; a ${format} file's is ${roots.map((one) => `<${one}>`).join(' or ')}`,
    );
  }
  return [...read(root)];
}
