import { describe, expect, it } from 'vitest';
import { invokeRestApi } from './invoke-rest-api.ts';
import { serve, TestServerStep, token } from './server-step.fixture.ts';

describe('InvokeRESTAPI', () => {
  const inputs = { connectedServiceName: 'aml', method: 'POST', urlSuffix: '/run?x=1', body: '{}' };

  it('calls the connection with its credential', async () => {
    const { url, calls } = await serve(() => [200, { count: 1 }]);
    const step = new TestServerStep();
    step.host.connections.set('aml', token(`${url}/api`));
    expect(await step.run(invokeRestApi, inputs)).toEqual({ result: 'succeeded' });
    expect(calls).toEqual([
      { method: 'POST', url: '/api/run?x=1', authorization: 'Bearer tok', body: '{}' },
    ]);
    expect(step.secrets).toContain('tok');
  });

  it('signs in with a user name', async () => {
    const { url, calls } = await serve(() => [200, {}]);
    const step = new TestServerStep();
    const parameters = { username: 'u', password: 'p' };
    step.host.connections.set('aml', token(url, { scheme: 'UsernamePassword', parameters }));
    await step.run(invokeRestApi, { ...inputs, method: 'GET' });
    expect(calls[0]).toMatchObject({ method: 'GET', authorization: 'Basic dTpw', body: '' });
  });

  it.each([
    ["eq(root['count'], 1)", 'succeeded'],
    ["eq(root.items[0].state, 'done')", 'succeeded'],
    ["eq(root['count'], 2)", 'failed'],
    ['eq(other, 1)', 'failed'],
    ['eq(', 'failed'],
  ])('%s: %s', async (successCriteria, result) => {
    const { url } = await serve(() => [200, { count: 1, items: [{ state: 'done' }] }]);
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    expect((await step.run(invokeRestApi, { ...inputs, successCriteria })).result).toBe(result);
  });

  it('a status of refusal fails with it', async () => {
    const { url } = await serve(() => [503, 'busy']);
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    expect((await step.run(invokeRestApi, inputs)).message).toContain('status 503');
  });

  it.each([
    [{ waitForCompletion: 'true' }, 'callback'],
    [{ connectedServiceName: '$(CONNECTION)' }, "'CONNECTION' has no value"],
    [{ connectedServiceName: 'other' }, "no service connection 'other'"],
    [{ headers: '[1' }, 'no JSON object'],
  ])('%j is refused', async (changes, why) => {
    const step = new TestServerStep();
    step.host.connections.set('aml', token('http://127.0.0.1:9'));
    expect((await step.run(invokeRestApi, { ...inputs, ...changes })).message).toContain(why);
  });
});
