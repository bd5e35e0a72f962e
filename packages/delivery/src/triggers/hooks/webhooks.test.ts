// Webhooks of a pipeline's resources: which start a build, and with what.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BuildTriggers } from '../build-triggers.ts';
import { eachInLab } from '../test/each-in-lab.ts';
import type { HookSender } from '../test/hook-sender.ts';
import type { TriggerLab } from '../test/trigger-lab.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;
let sender: HookSender;

eachInLab((opened) => {
  ({ lab, triggers, sender } = opened);
});

describe('a webhook of the resources', () => {
  const hooked = `resources: { webhooks: [{ webhook: drift, connection: monitor, filters: [{ path: model.name, value: diabetes }] }] }`;
  const drift = (more: object = {}) => ({ model: { name: 'diabetes' }, ...more });
  const older = (text: string) => ({
    'x-hub-signature': `sha1=${createHmac('sha1', lab.hookSecret).update(text).digest('hex')}`,
  });

  test('starts a build with its payload, once, by its filters', async () => {
    await sender.define(hooked);
    const text = JSON.stringify(drift({ score: 0.7 }));
    expect(await sender.send(text, older(text), 'Drift')).toMatchObject({ accepted: true });
    expect(await sender.send(text, older(text), 'drift')).toEqual({
      accepted: false,
      why: 'the same was sent before',
    });
    const other = JSON.stringify({ model: { name: 'machines' } });
    expect(await sender.send(other, older(other), 'drift')).toMatchObject({ accepted: false });
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toMatchObject([{ reason: 'ResourceTrigger', branch: 'main' }]);
    expect(lab.builds.requests).toMatchObject([
      {
        parameters: { drift: { model: { name: 'diabetes' }, score: 0.7 } },
        trigger: { resource: { alias: 'drift', category: 'webhook' } },
      },
    ]);
  });

  test('that the file does not have, or that says too much, is refused', async () => {
    await sender.define(hooked);
    const by = sender.basic();
    await expect(sender.send({}, by, 'nothing')).rejects.toMatchObject({
      code: 'HOOK_NOT_FOUND',
      message: expect.stringContaining('known: drift'),
    });
    const deep = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`;
    for (const odd of [deep, { a: 'x'.repeat(300_000) }, { a: '\0' }])
      await expect(sender.send(odd, by, 'drift')).rejects.toMatchObject({ code: 'HOOK_INVALID' });
  });
});
