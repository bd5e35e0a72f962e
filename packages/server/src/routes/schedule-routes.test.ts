import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const address = '/api/v1/schedules';
const job = {
  definition: 'type: command\ncommand: echo ${{inputs.said}}\ninputs: {said: nothing}\n',
  fileName: 'job.yml',
  code: {},
  uploads: {},
};
const yearly = { type: 'cron', expression: '0 0 1 1 *', timeZone: 'Europe/Berlin' };
const spec = { trigger: yearly, start: { job }, inputs: { said: 'on ${{name}}' } };

describe('a schedule over HTTP', () => {
  test('is made once by POST, replaced by PUT, listed, read and deleted', async () => {
    const made = await server.post(address, { name: 'yearly', ...spec });
    expect(made).toMatchObject({
      status: 201,
      json: {
        name: 'yearly',
        enabled: true,
        trigger: yearly,
        nextTime: expect.stringMatching(/^20\d\d-12-31T23:00:00\.000Z$/),
        job: { fileName: 'job.yml' },
      },
    });
    expect(await server.post(address, { name: 'yearly', ...spec })).toMatchObject({
      status: 409,
      json: { error: { code: 'SCHEDULE_ALREADY_EXISTS' } },
    });
    const payload = { ...spec, description: 'of the new year' };
    expect(await server.call('PUT', `${address}/yearly`, { payload })).toMatchObject({
      status: 200,
      json: { description: 'of the new year' },
    });
    const { json } = await server.get(`${address}?limit=5`);
    expect(json).toMatchObject({ value: [{ name: 'yearly' }] });
    expect((json as { value: object[] }).value[0]).not.toHaveProperty('job');
    expect(await server.get(`${address}/yearly`)).toMatchObject({
      json: { nextTimes: { length: 10 } },
    });
    expect((await server.call('DELETE', `${address}/yearly`)).status).toBe(204);
    expect(await server.get(`${address}/yearly`)).toMatchObject({
      status: 404,
      json: { error: { code: 'SCHEDULE_NOT_FOUND' } },
    });
  });

  test('fires by hand in the name of who made it, and shows its firings', async () => {
    await server.call('PUT', `${address}/now`, { payload: spec });
    const disabled = await server.post(`${address}/now/disable`);
    expect(disabled.json).toMatchObject({ enabled: false, nextTime: null });
    const fired = await server.post(`${address}/now/trigger`);
    expect(fired.json).toMatchObject({ schedule: 'now', status: 'Submitted' });
    const ended = await server.context.jobs.waitFor(textAt(fired, 'jobId'));
    expect(ended).toMatchObject({
      status: 'Completed',
      inputs: { said: 'on now' },
      source: 'schedule:now',
      submittedBy: textAt(disabled, 'createdBy'),
    });
    const { json } = await server.get(`${address}/now/firings?limit=1`);
    expect(json).toEqual({ value: [fired.json] });
    expect((await server.post(`${address}/now/enable`)).json).toMatchObject({ enabled: true });
  });
});

test.each([
  [{ ...spec, other: 1 }, "'other' is not known here"],
  [{ start: { job } }, "'trigger'"],
  [{ ...spec, trigger: { type: 'moon' } }, 'cron, recurrence, data, model, job, build'],
  [{ ...spec, trigger: { type: 'cron', expression: 'now' } }, "cron expression 'now'"],
  [{ ...spec, trigger: { ...yearly, timeZone: 'Mars' } }, "time zone 'Mars' is not known"],
  [{ ...spec, trigger: { ...yearly, path: 'x' } }, "'cron' has no 'path'"],
  [{ ...spec, start: {} }, "one of 'job', 'pipeline' and 'pipelineEndpoint'"],
  [{ ...spec, inputs: { other: 1 } }, "'other'"],
])('a mistake is told: %j', async (payload, words) => {
  const answer = await server.call('PUT', `${address}/wrong`, { payload });
  expect(answer).toMatchObject({ status: 400 });
  expect(textAt(answer, 'error.message')).toContain(words);
  expect((await server.get(`${address}/wrong`)).status).toBe(404);
});

test.each(['0', '1001', 'x'])('a limit of %s is refused', async (limit) => {
  expect(await server.get(`${address}?limit=${limit}`)).toMatchObject({
    status: 400,
    json: { error: { code: 'INVALID_PARAMETER_VALUE' } },
  });
});
