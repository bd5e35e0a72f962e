// Hooks: who may send them, what they lead to, and that nothing else of them is believed.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeliveryError } from '../../errors.ts';
import type { BuildTriggers } from '../build-triggers.ts';
import { eachInLab } from '../test/each-in-lab.ts';
import type { HookSender } from '../test/hook-sender.ts';
import type { TriggerLab } from '../test/trigger-lab.ts';
import { isProven } from './prove-hook.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;
let sender: HookSender;

eachInLab((opened) => {
  ({ lab, triggers, sender } = opened);
});

const refused = { code: 'HOOK_UNAUTHENTICATED', status: 401 };

describe('a hook', () => {
  test('without the secret is refused alike, whatever is wrong with it', async () => {
    await sender.define();
    const text = JSON.stringify({});
    const wrong: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'x-hub-signature-256': sender.sign(text, 'guess') },
      { 'x-hub-signature-256': sender.sign(`${text} `) },
      { 'x-hub-signature-256': 'sha256=' },
      { 'x-hub-signature-256': sender.sign(text).slice(0, -1) },
      { 'x-hub-signature-256': 'sha256=00', ...sender.basic() },
      sender.basic('guess'),
      { authorization: `Bearer ${lab.hookSecret}` },
      { 'x-gitlab-token': '' },
    ];
    const messages = new Set<string>();
    for (const headers of wrong) {
      const error = await sender.send(text, headers).catch((cause: unknown) => cause);
      expect(error).toMatchObject(refused);
      messages.add((error as Error).message);
    }
    lab.change('1', { hookSecretAt: null });
    const none = sender.send(text, sender.basic());
    messages.add(((await none.catch((cause: unknown) => cause)) as Error).message);
    const body = Buffer.from(text);
    const unknown = triggers.receive({ pipeline: 'no', headers: {}, body });
    messages.add(((await unknown.catch((cause: unknown) => cause)) as Error).message);
    expect(messages.size).toBe(1);
  });

  test.each([
    ['GitHub', { 'x-github-event': 'push' }, {}],
    ['GitLab', {}, { object_kind: 'push' }],
    ['Azure Repos', {}, { eventType: 'git.push' }],
  ])(
    'of %s that something was pushed has the repository looked at',
    async (_who, more, payload) => {
      await sender.define();
      await lab.repository.push({ 'azure-pipelines.yml': 'steps: [{ script: echo }]' });
      const answer = await sender.send(payload, { ...more, ...sender.basic() });
      expect(answer).toEqual({ accepted: true, why: 'the repository is looked at' });
      await triggers.look();
      expect(lab.queued).toHaveLength(1);
    },
  );

  test('that tells of commits that are not there starts nothing', async () => {
    await sender.define();
    await sender.sendSigned('push', { ref: 'refs/heads/main', after: 'a'.repeat(40) });
    await triggers.look();
    expect(lab.queued).toEqual([]);
  });

  test('of another event, or for a disabled pipeline, leads to nothing', async () => {
    await sender.define();
    expect(await sender.sendSigned('ping', {})).toMatchObject({ accepted: false });
    lab.change('1', { enabled: false });
    expect(await sender.sendSigned('push', {})).toMatchObject({ accepted: false });
  });
});

test('whatever a body holds, it is taken, or refused as a mistake of the sender', async () => {
  await sender.define('resources: { webhooks: [{ webhook: hook, connection: c }] }');
  const events = fc.constantFrom('push', 'pull_request', 'ping', 'merge_request', '');
  const odd = fc.oneof(
    fc.json(),
    fc.string(),
    fc.json().map((text) => `{"number":5,"pull_request":${text},"resource":${text}}`),
    fc.constant(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    fc.constant('{"__proto__":{"a":1},"constructor":2}'),
  );
  const alias = fc.constantFrom(undefined, 'hook', '__proto__');
  await fc.assert(
    fc.asyncProperty(odd, events, alias, async (text, event, name) => {
      const headers = { 'x-github-event': event, ...sender.basic() };
      const answer = await sender.send(text, headers, name).catch((error: unknown) => error);
      if (!(answer instanceof DeliveryError)) expect(answer).toHaveProperty('accepted');
      else expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 150 },
  );
});

test('a signature holds for its bytes and its secret, and for no others', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), fc.string(), (body, secret, guess) => {
      const digits = createHmac('sha256', secret).update(body).digest('hex');
      const headers = { 'x-hub-signature-256': `sha256=${digits}` };
      const hook = { pipeline: 'p', headers, body };
      const longer = { ...hook, body: Buffer.concat([body, Buffer.from('!')]) };
      expect(isProven(hook, secret)).toBe(true);
      expect(isProven(hook, guess)).toBe(guess === secret);
      expect(isProven(longer, secret)).toBe(false);
    }),
  );
});
