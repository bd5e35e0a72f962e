// The report on a search, as files by their place. A report that cannot be made does not take the
// model with it: the reason is told instead.
import { buildReport } from '../report/build-report.ts';
import type { SearchInput, SearchResult } from '../search/search-types.ts';

export interface ReportFiles {
  readonly files: ReadonlyMap<string, string>;
  /** What a person should look at, one sentence each. */
  readonly alerts: readonly string[];
}

export interface ReportOptions {
  /** Whether to work out what the model goes by, which takes seconds. */
  readonly explain: boolean;
}

export function reportFiles(
  input: SearchInput,
  result: SearchResult,
  options: ReportOptions,
): ReportFiles {
  try {
    const { files, guardrails } = buildReport(input, result, options);
    const findings = guardrails.flatMap((guardrail) => guardrail.findings);
    const alerts = findings.filter(({ state }) => state === 'alerted');
    return { files, alerts: alerts.map(({ message }) => message) };
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const [line = ''] = trace.split('\n');
    const files = new Map([['not-made.txt', `The report could not be made:\n${trace}\n`]]);
    return { files, alerts: [`the report could not be made: ${line}`] };
  }
}
