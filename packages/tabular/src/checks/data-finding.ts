// What a data check found, as a value, and the one place where findings become an error.

import { TabularError } from '../errors.ts';

export interface DataFinding {
  readonly check: 'schema' | 'missing' | 'distribution';
  readonly column: string;
  /** One sentence that names the column, what was found and what was expected. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** What `assertNoFindings` throws: DATA_CHECK_FAILED, with every finding. */
export class DataCheckError extends TabularError {
  readonly findings: readonly DataFinding[];

  constructor(findings: readonly DataFinding[]) {
    const lines = findings.map(({ check, message }) => `  ${check}: ${message}`);
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    super('DATA_CHECK_FAILED', `the data checks have ${count}:\n${lines.join('\n')}`);
    this.name = 'DataCheckError';
    this.findings = findings;
  }
}

/** @throws DATA_CHECK_FAILED that lists all findings, unless there are none. */
export function assertNoFindings(findings: readonly DataFinding[]): void {
  if (findings.length > 0) throw new DataCheckError(findings);
}
