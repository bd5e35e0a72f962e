// What one coverage file says, and sums of such.

import type { CoverageFormat, Covered, SourceCoverage } from './coverage-report.ts';

export interface CoverageFacts {
  readonly format: CoverageFormat;
  readonly lines: Covered;
  readonly branches: Covered;
  readonly sources: readonly SourceCoverage[];
}

export function addCovered(all: Iterable<Covered>): Covered {
  let covered = 0;
  let total = 0;
  for (const one of all) {
    covered += one.covered;
    total += one.total;
  }
  return { covered, total };
}
