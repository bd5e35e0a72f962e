// Published code coverage: the sums, those of each file, and where the readable report lies.

export interface CoverageReport {
  readonly format: CoverageFormat;
  /** The files that it was read from. */
  readonly files: readonly string[];
  readonly lines: Covered;
  readonly branches: Covered;
  readonly sources: readonly SourceCoverage[];
  /** A folder with an HTML report, kept as it is. */
  readonly reportFolder?: string;
}

export const coverageFormats = ['Cobertura', 'JaCoCo'] as const;
export type CoverageFormat = (typeof coverageFormats)[number];

export interface Covered {
  readonly covered: number;
  readonly total: number;
}

export interface SourceCoverage {
  readonly path: string;
  readonly lines: Covered;
}

/** 0 to 100; of nothing, 0. */
export function percentOf(part: Covered): number {
  return part.total === 0 ? 0 : (100 * part.covered) / part.total;
}
