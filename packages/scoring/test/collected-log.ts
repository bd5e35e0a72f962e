// A log that keeps its lines, for the tests to look at.

import type { ScoringLog } from '../src/server/log.ts';

export interface CollectedLog extends ScoringLog {
  readonly infos: string[];
  readonly errors: string[];
}

export function collectLog(): CollectedLog {
  const infos: string[] = [];
  const errors: string[] = [];
  return {
    infos,
    errors,
    info: (id, text) => void infos.push(`${id} | ${text}`),
    error: (id, text) => void errors.push(`${id} | ${text}`),
    flush: () => undefined,
  };
}
