// A published run of tests, whatever the format of its file was.

export type TestOutcome = 'passed' | 'failed' | 'skipped';

export interface TestCase {
  readonly name: string;
  /** The class, module or file that holds the case. */
  readonly suite: string;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  readonly message?: string;
  readonly stackTrace?: string;
}

export interface TestRun {
  readonly title: string;
  readonly format: TestFormat;
  /** The files that it was read from. */
  readonly files: readonly string[];
  readonly cases: readonly TestCase[];
  readonly platform?: string;
  readonly configuration?: string;
}

export const testFormats = ['JUnit', 'NUnit', 'VSTest', 'XUnit', 'CTest'] as const;
export type TestFormat = (typeof testFormats)[number];

export interface TestCounts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countTests(cases: readonly TestCase[]): TestCounts {
  const of = (outcome: TestOutcome) => cases.filter((test) => test.outcome === outcome).length;
  return {
    total: cases.length,
    passed: of('passed'),
    failed: of('failed'),
    skipped: of('skipped'),
  };
}
