// Ends of credentials and tokens: a time to come, or never.
import { invalid, quote } from '../checks/check-text.ts';

const farthestYears = 100;
const yearMs = 366 * 24 * 60 * 60 * 1000;

/**
 * @param value an ISO time with its zone; null or undefined: never.
 * @throws RidgelineError INVALID_PARAMETER_VALUE
 */
export function checkExpiry(value: unknown, now: number): number | null {
  if (value === null || value === undefined) return null;
  const isIso =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const time = isIso ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw invalid(`expiresAt must be a time such as '2030-01-31T00:00:00Z', got ${quote(value)}`);
  }
  if (time > now && time < now + farthestYears * yearMs) return time;
  throw invalid(
    `expiresAt is ${quote(value)}; it must be a time to come, at most ${farthestYears} years off`,
  );
}

export function isOver(expiresAt: number | null, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

export function isoTime(time: number): string;
export function isoTime(time: number | null): string | null;
export function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
