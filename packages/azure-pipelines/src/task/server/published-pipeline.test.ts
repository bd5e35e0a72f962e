import { describe, expect, it } from 'vitest';
import { publishedPipelineTask } from './published-pipeline.ts';
import { scope, serve, TestServerStep, token, workspacePath } from './server-step.fixture.ts';

describe('MLPublishedPipelineRestAPITask', () => {
  const inputs = {
    azureSubscription: 'aml',
    PipelineId: 'p-1',
    ExperimentName: 'mlopspython',
    PipelineParameters: '"ParameterAssignments": {"model_name": "m.pkl"}, "tags": {"BuildId": "7"}',
  };
  const running = { Id: 'r-1', Status: { StatusCode: 0, StatusDetail: null } };
  const withCode = (StatusCode: number | string, StatusDetail: string | null = null) => ({
    ...running,
    Status: { StatusCode, StatusDetail },
  });

  it('starts the pipeline with its parameters and waits for the end of the run', async () => {
    const codes = [1, 1, 2];
    const { url, calls } = await serve(({ method }) =>
      method === 'POST' ? [200, running] : [200, withCode(codes.shift() ?? 2)],
    );
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    expect(await step.run(publishedPipelineTask, inputs)).toEqual({ result: 'succeeded' });
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: `${workspacePath}/PipelineSubmit/p-1`,
      authorization: 'Bearer tok',
    });
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
      ExperimentName: 'mlopspython',
      ParameterAssignments: { model_name: 'm.pkl' },
      tags: { BuildId: '7' },
    });
    expect(calls[1]?.url).toBe(`${workspacePath}/r-1`);
    expect(step.lines).toContain('Run r-1 is Running');
    expect(step.lines.at(-1)).toBe('Run r-1 is Finished');
  });

  it.each([
    [3, 'The run r-1 failed: out of memory'],
    ['Canceled', 'The run r-1 was canceled: out of memory'],
  ])('a run that ends with %s fails the step', async (code, message) => {
    const { url } = await serve(({ method }) =>
      method === 'POST' ? [200, running] : [200, withCode(code, 'out of memory')],
    );
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    expect(await step.run(publishedPipelineTask, inputs)).toEqual({ result: 'failed', message });
  });

  it('gets its token by client credentials', async () => {
    const { url, calls } = await serve((call) => {
      if (call.url.endsWith('/token')) return [200, { access_token: 'jwt' }];
      return [200, call.method === 'POST' ? running : withCode(2)];
    });
    const step = new TestServerStep();
    const parameters = { serviceprincipalid: 'app', serviceprincipalkey: 'key&1', tenantid: 't' };
    const data = { ...scope, environmentAuthorityUrl: url };
    step.host.connections.set('aml', token(url, { scheme: 'ServicePrincipal', parameters, data }));
    expect((await step.run(publishedPipelineTask, inputs)).result).toBe('succeeded');
    expect(calls[0]).toMatchObject({ url: '/t/oauth2/v2.0/token' });
    expect(calls[0]?.body).toContain('client_secret=key%261');
    expect(calls[1]?.authorization).toBe('Bearer jwt');
    expect(step.secrets).toContain('jwt');
  });

  it('goes on when the service is away for a while, and gives up when it stays away', async () => {
    let asked = 0;
    const { url } = await serve(({ method }) => {
      if (method === 'POST') return [200, running];
      asked += 1;
      return asked < 4 ? [503, 'restarting'] : [200, withCode(2)];
    });
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    expect((await step.run(publishedPipelineTask, inputs)).result).toBe('succeeded');
    asked = -1_000;
    const { message } = await step.run(publishedPipelineTask, inputs);
    expect(message).toContain('status 503: restarting');
  });

  it('tells when the service does not answer at all', async () => {
    const step = new TestServerStep();
    step.host.connections.set('aml', token('http://127.0.0.1:1'));
    const { message } = await step.run(publishedPipelineTask, inputs);
    expect(message).toContain('got no answer');
  });

  it('refuses a status that it does not know', async () => {
    const { url } = await serve(({ method }) => [200, method === 'POST' ? running : withCode(9)]);
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    const { message } = await step.run(publishedPipelineTask, inputs);
    expect(message).toContain("status code is '9'");
  });

  it('cancels the run when the step is canceled', async () => {
    const { url, calls } = await serve(({ method }) => [
      200,
      method === 'POST' ? running : withCode(1),
    ]);
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    step.host.onSleep = () => step.cancel.abort();
    expect((await step.run(publishedPipelineTask, inputs)).result).toBe('canceled');
    expect(calls.at(-1)).toMatchObject({ method: 'POST', url: `${workspacePath}/r-1/Cancel` });
  });

  it.each([
    [401, 'its credential is not valid'],
    [403, 'the role Contributor has it'],
    [404, 'no such published pipeline'],
    [500, 'out of order'],
  ])('tells what a refusal with %s means', async (status, why) => {
    const { url } = await serve(() => [status, 'out of order']);
    const step = new TestServerStep();
    step.host.connections.set('aml', token(url));
    expect((await step.run(publishedPipelineTask, inputs)).message).toContain(why);
  });

  it('tells of a connection that has no workspace, and does not call https://.something', async () => {
    const step = new TestServerStep();
    step.host.connections.set('aml', token('https://management.azure.com/', { data: scope }));
    const { message } = await step.run(publishedPipelineTask, inputs);
    expect(message).toContain("'aml' has no 'mlWorkspaceLocation'");
  });

  it('refuses parameters that are no JSON', async () => {
    const step = new TestServerStep();
    step.host.connections.set('aml', token('http://127.0.0.1:9'));
    const { message } = await step.run(publishedPipelineTask, {
      ...inputs,
      PipelineParameters: '"a": ',
    });
    expect(message).toContain("'PipelineParameters' is no JSON");
  });
});
