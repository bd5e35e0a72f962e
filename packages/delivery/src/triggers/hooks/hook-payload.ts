// The body of a hook as JSON, and what is read of it. Whoever sends it is known by then, but not what
// it sends.
import { branchRef } from '@ridgeline/azure-pipelines';
import { isBranch } from '../../builds/definitions/check-definition.ts';
import { DeliveryError } from '../../errors.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** @throws DeliveryError HOOK_INVALID */
export function readPayload(body: Uint8Array): Payload {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw invalidHook(`the body is not JSON (${why}); let the sender use application/json`);
  }
  if (isPayload(value)) return value;
  throw invalidHook('the body is not a JSON object');
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined where the way leads nowhere. */
export function at(payload: unknown, ...way: readonly string[]): unknown {
  return way.reduce<unknown>(
    (value, key) => (isPayload(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    payload,
  );
}

const maxText = 1_000;

/** Empty where there is no such text. */
export function textAt(payload: unknown, ...way: readonly string[]): string {
  const value = at(payload, ...way);
  return typeof value === 'string' ? value.slice(0, maxText).toWellFormed() : '';
}

/** In full. @throws DeliveryError HOOK_INVALID */
export function branchNamed(payload: unknown, ...way: readonly string[]): string {
  const name = textAt(payload, ...way);
  const ref = branchRef(name);
  if (name !== '' && isBranch(ref)) return ref;
  throw invalidHook(`"${way.join('.')}" is no name of a branch`);
}

/** @throws DeliveryError HOOK_INVALID */
export function numberNamed(payload: unknown, ...way: readonly string[]): number {
  const value = at(payload, ...way);
  const isNumber = typeof value === 'number' && Number.isInteger(value);
  if (isNumber && value >= 1 && value < 1e9) return value;
  throw invalidHook(`"${way.join('.')}" is no number of a pull request`);
}

/** Milliseconds since 1970; `now` where it is not told, or in the future. */
export function timeAt(payload: unknown, now: number, ...way: readonly string[]): number {
  const time = Date.parse(textAt(payload, ...way));
  return Number.isNaN(time) || time > now ? now : time;
}

export function invalidHook(message: string): DeliveryError {
  return new DeliveryError('HOOK_INVALID', `this hook cannot be read: ${message}`);
}
