// Whether an incoming webhook starts a run: its signature, and the filters on its payload.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookResource } from '../pipeline/resources.ts';
import { type Decision, runs, runsNot } from './decision.ts';

/** Every filter has to hold. */
export function decideOnWebhook(
  { alias, filters }: Pick<WebhookResource, 'alias' | 'filters'>,
  payload: unknown,
): Decision {
  const open = filters.find(({ path, value }) => textAt(payload, path.text) !== value.text);
  if (open === undefined) return runs(`webhook "${alias}"`);
  return runsNot(`"${open.path.text}" of the payload is not "${open.value.text}"`);
}

/** The text at a path such as `repository.name` or `commits[0].id`; undefined when there is none. */
function textAt(payload: unknown, path: string): string | undefined {
  let value = payload;
  for (const name of path.split(/[.[\]]+/u).filter((part) => part !== '')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return typeof value === 'object' || value === undefined ? undefined : String(value);
}

/** `signature`: the HMAC-SHA1 of the body in hexadecimal digits, with or without `sha1=`. */
export function isSignedWebhook(
  body: string | Uint8Array,
  secret: string,
  signature: string,
): boolean {
  const expected = createHmac('sha1', secret).update(body).digest();
  const given = Buffer.from(signature.trim().replace(/^sha1=/iu, ''), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
