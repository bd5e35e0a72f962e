// What the readers of test files share.

import { childNamed, type XmlElement } from '../xml/read-xml.ts';
import type { TestCase, TestOutcome } from './test-run.ts';

export interface CaseFacts {
  readonly name: string | undefined;
  readonly suite: string | undefined;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  readonly message?: string | undefined;
  readonly stackTrace?: string | undefined;
}

export function testCase({ name, suite, message, stackTrace, ...rest }: CaseFacts): TestCase {
  return {
    name: name ?? '(no name)',
    suite: suite ?? '',
    ...rest,
    ...(message?.trim() ? { message: message.trim() } : {}),
    ...(stackTrace?.trim() ? { stackTrace: stackTrace.trim() } : {}),
  };
}

/** Seconds as files write them: `0.25`, `1,234.5`, or nothing. */
export function secondsToMs(text: string | undefined): number {
  const seconds = Number.parseFloat((text ?? '').replaceAll(',', ''));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

export function textIn(element: XmlElement | undefined, name: string): string | undefined {
  return element === undefined ? undefined : childNamed(element, name)?.text;
}
