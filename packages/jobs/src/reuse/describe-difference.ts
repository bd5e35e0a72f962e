// Says in words why a step's fingerprint is not that of an earlier job.
import type { FingerprintParts, Part } from './fingerprint.ts';

const maxReasons = 3;

/** Such as "input 'alpha' is 0.5 and was 0.4 in job 12…"; null where nothing is different. */
export function describeDifference(
  now: FingerprintParts,
  before: FingerprintParts,
  jobId: string,
): string | null {
  const reasons = [
    ...changed('its code', now.code, before.code),
    ...changed('its command', now.command, before.command),
    ...changed('its environment', now.environment, before.environment),
    ...changes('environment variable', now.variables, before.variables),
    ...changes('input', now.inputs, before.inputs),
    ...changes('output', now.outputs, before.outputs),
  ];
  if (reasons.length === 0) return null;
  const more = reasons.length - maxReasons;
  const said = reasons.slice(0, maxReasons).join(', ');
  return `${said}${more > 0 ? ` and ${more} more` : ''} in job ${jobId}`;
}

type Parts = Readonly<Record<string, Part>>;

function changes(noun: string, now: Parts, before: Parts): readonly string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return names.flatMap((name) => changed(`${noun} '${name}'`, own(now, name), own(before, name)));
}

function changed(what: string, now: Part | null, before: Part | null): readonly string[] {
  if (now?.is === before?.is) return [];
  if (now === null) return [`${what} is no longer there and was`];
  if (before === null) return [`${what} is new and was not there`];
  if (now.shown === null || before.shown === null) return [`${what} is not what it was`];
  return [`${what} is ${now.shown} and was ${before.shown}`];
}

function own(parts: Parts, name: string): Part | null {
  return Object.hasOwn(parts, name) ? (parts[name] ?? null) : null;
}
