// Coverage files into one shape; the format shows in the root element.

import { TaskFailure } from '../task-outcome.ts';
import { readXml } from '../xml/read-xml.ts';
import { readCobertura } from './cobertura.ts';
import type { CoverageFacts } from './coverage-facts.ts';
import type { CoverageFormat } from './coverage-report.ts';
import { readJaCoCo } from './ja-co-co.ts';

/** @throws TaskFailure for a text that is of no known format, or not of the one asked for */
export function readCoverage(text: string, expected?: CoverageFormat): CoverageFacts {
  const root = readXml(text);
  const format =
    root.name === 'coverage' ? 'Cobertura' : root.name === 'report' ? 'JaCoCo' : undefined;
  if (format === undefined || (expected !== undefined && format !== expected)) {
    const wanted = expected ?? 'Cobertura (<coverage>) or JaCoCo (<report>)';
    throw new TaskFailure(`its root is <${root.name}>, which is not ${wanted}`);
  }
  return format === 'Cobertura' ? readCobertura(root) : readJaCoCo(root);
}
