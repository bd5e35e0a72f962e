// Components of jobs: in files that the client sends, and registered in the workspace.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, type StepDefinition } from '../test/pipelines.ts';
import { tarOf } from '../test/tar-file.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

const uses = (component: string) =>
  ({ say: { type: 'command', component } }) as unknown as Readonly<Record<string, StepDefinition>>;

const component = (more: object = {}) =>
  JSON.stringify({
    $schema: 'https://azuremlschemas.azureedge.net/latest/commandComponent.schema.json',
    name: 'say_it',
    type: 'command',
    command: 'cat word',
    code: './src',
    environment: 'azureml:ridgeline-node@latest',
    ...more,
  });

const codeSaying = async (word: string) => (await open.workspace.code.store(tarOf({ word }))).id;

async function logOf(jobId: string): Promise<string> {
  const job = await open.engine.waitFor(jobId);
  expect(job.error).toBeNull();
  return (await open.engine.readLog(jobId, 'say', 0)).bytes.toString();
}

describe('a component in a file', () => {
  const sent = {
    './parts/say.yml': { text: component(), fileName: 'parts/say.yml', codeBase: 'parts' },
  };

  test('is read from what the client has sent, its code relative to it', async () => {
    const code = { 'parts/src': await codeSaying('hello') };
    const submission = { ...pipelineOf(uses('./parts/say.yml')), components: sent };
    // The parser says how it names the folder.
    const names = ['parts/src', './parts/src'];
    const both = Object.fromEntries(names.map((name) => [name, code['parts/src']]));
    const { id } = await open.engine.submit({ ...submission, code: both });
    expect(await logOf(id)).toBe('hello');
  });

  test('that was not sent is missed by its name', async () => {
    await expect(open.engine.submit(pipelineOf(uses('./parts/say.yml')))).rejects.toMatchObject({
      code: 'JOB_UPLOAD_MISSING',
      message: expect.stringMatching(/component file '\.\/parts\/say\.yml' was not sent/),
    });
  });

  test('has its mistakes reported with its own name', async () => {
    const components = {
      './say.yml': { text: component({ comand: 'x' }), fileName: 'say.yml', codeBase: '.' },
    };
    const submission = { ...pipelineOf(uses('./say.yml')), components };
    await expect(open.engine.submit(submission)).rejects.toMatchObject({
      code: 'JOB_DEFINITION_INVALID',
      message: expect.stringMatching(/say\.yml:1:\d+: .*comand/),
    });
  });
});

describe('a registered component', () => {
  const register = async (word: string) =>
    open.workspace.components.create({
      name: 'say_it',
      text: component({ description: word }),
      fileName: 'say.yml',
      code: { './src': await codeSaying(word) },
    });

  test('is found with its code, by its version or as the latest', async () => {
    await register('one');
    await register('two');
    const first = await open.engine.submit(pipelineOf(uses('azureml:say_it:1')));
    expect(await logOf(first.id)).toBe('one');
    const latest = await open.engine.submit(pipelineOf(uses('azureml:say_it@latest')));
    expect(await logOf(latest.id)).toBe('two');
  });

  test('stays what it was when the job was submitted, over a restart', async () => {
    await lab.close();
    open = await lab.open({ limits: { slots: 1 } });
    await register('one');
    const before = { command: `${lab.control.write('begin')}; ${lab.control.waitAt('go')}` };
    const jobs = { before, ...uses('azureml:say_it@latest') };
    const { id } = await open.engine.submit(pipelineOf(jobs));
    await lab.control.untilJournal('begin');
    await register('two');
    await lab.close();
    await lab.control.openGates(['go']);
    open = await lab.open();
    expect(await logOf(id)).toBe('one');
  });

  test('that is not there is refused', async () => {
    await expect(open.engine.submit(pipelineOf(uses('azureml:nothing:1')))).rejects.toMatchObject({
      code: 'COMPONENT_NOT_FOUND',
      status: 404,
    });
  });
});
