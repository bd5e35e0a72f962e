import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pipelineOf } from '../pipeline/testing.fixture.ts';
import { decideOnImage } from './image.ts';
import { decideOnResourcePush } from './push.ts';
import { decideOnWebhook, isSignedWebhook } from './webhook.ts';

const { resources } = pipelineOf(`
resources:
  repositories:
  - repository: tools
    type: git
    name: tools
    trigger: [main]
  - repository: silent
    type: git
    name: silent
  containers:
  - container: mlops
    image: example/mlops
    trigger:
      tags: {include: ['3.*'], exclude: ['3.9*']}
  webhooks:
  - webhook: retrain
    connection: drift-monitor
    filters:
    - path: model.name
      value: diabetes
    - path: alerts[0].severe
      value: true
steps:
- script: echo
`);

test('a push to a repository of the resources starts a run only where it has a trigger', () => {
  const [tools, silent] = resources.repositories;
  expect(decideOnResourcePush(tools?.trigger, { ref: 'refs/heads/main' }).runs).toBe(true);
  expect(decideOnResourcePush(tools?.trigger, { ref: 'refs/heads/dev' }).runs).toBe(false);
  expect(decideOnResourcePush(silent?.trigger, { ref: 'refs/heads/main' })).toEqual({
    runs: false,
    why: 'the repository resource has no trigger',
  });
});

test('a pushed image starts a run when its tag passes', () => {
  const trigger = resources.containers[0]?.trigger;
  expect(decideOnImage(trigger, '3.1').runs).toBe(true);
  expect(decideOnImage(trigger, '3.9.2').why).toBe('tag "3.9.2" does not pass the tag filters');
  expect(decideOnImage({}, 'latest').runs).toBe(true);
  expect(decideOnImage(undefined, 'latest').runs).toBe(false);
});

describe('a webhook', () => {
  const [webhook] = resources.webhooks;
  const filters = webhook?.filters ?? [];

  test('starts a run when every filter holds', () => {
    const payload = { model: { name: 'diabetes' }, alerts: [{ severe: true }] };
    expect(decideOnWebhook({ alias: 'retrain', filters }, payload)).toEqual({
      runs: true,
      why: 'webhook "retrain"',
    });
  });

  test.each([
    [{ model: { name: 'diabetes' }, alerts: [] }],
    [{ model: 'diabetes', alerts: [{ severe: true }] }],
    [{ model: { name: 'Diabetes' }, alerts: [{ severe: true }] }],
    [null],
    ['text'],
  ])('does not for %j', (payload) => {
    expect(decideOnWebhook({ alias: 'retrain', filters }, payload).runs).toBe(false);
  });

  test('reads nothing that the payload does not have itself', () => {
    const text = { text: 'constructor', origin: { file: 'a', line: 1, column: 1 } };
    const inherited = [{ path: text, value: { ...text, text: String(Object) } }];
    expect(decideOnWebhook({ alias: 'a', filters: inherited }, {}).runs).toBe(false);
  });

  test('is signed by the one who knows its secret', () => {
    const signature = createHmac('sha1', 'secret').update('{"a":1}').digest('hex');
    expect(isSignedWebhook('{"a":1}', 'secret', signature)).toBe(true);
    expect(isSignedWebhook('{"a":1}', 'secret', `sha1=${signature.toUpperCase()}`)).toBe(true);
    expect(isSignedWebhook('{"a":2}', 'secret', signature)).toBe(false);
    expect(isSignedWebhook('{"a":1}', 'other', signature)).toBe(false);
    for (const wrong of ['', 'sha1=', 'zz', signature.slice(2)]) {
      expect(isSignedWebhook('{"a":1}', 'secret', wrong)).toBe(false);
    }
  });
});
