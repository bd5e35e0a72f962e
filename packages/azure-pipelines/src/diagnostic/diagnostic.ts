// One finding about a pipeline, and how it reads in a terminal.

import type { Origin } from '../text/origin.ts';
import type { DiagnosticCode, DiagnosticSeverity } from './diagnostic-codes.ts';

export interface Diagnostic {
  readonly severity: DiagnosticSeverity;
  readonly code: DiagnosticCode;
  /** What is wrong, what was expected and what to do next, on one line. */
  readonly message: string;
  readonly origin: Origin;
}

/** `steps.yml:12:5: error CODE: …`, the shape that editors and CI logs link, and under it the
 * templates through which the place was reached, innermost first. */
export function formatDiagnostic({ severity, code, message, origin }: Diagnostic): string {
  const head = `${formatPlace(origin)}: ${severity} ${code}: ${message}`;
  return [head, ...inclusions(origin).map((line) => `    ${line}`)].join('\n');
}

/** Templates that include each other would fill the screen with the same few lines. */
const maxInclusions = 10;

/** `included at …`, innermost first. */
export function inclusions({ via }: Origin): readonly string[] {
  const lines: string[] = [];
  for (let place = via; place !== undefined; place = place.via) {
    lines.push(`included at ${formatPlace(place)}`);
  }
  if (lines.length <= maxInclusions) return lines;
  const left = lines.length - maxInclusions;
  return [...lines.slice(0, maxInclusions - 1), `… ${left} times more`, ...lines.slice(-1)];
}

/** `steps.yml:12:5`. */
export function formatPlace({ file, line, column }: Origin): string {
  return `${file}:${line}:${column}`;
}
