// Outputs that are values, that have a place on a datastore, or become data assets; and inputs that
// may be left out.
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, type StepDefinition } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

async function run(
  jobs: Readonly<Record<string, StepDefinition>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Job> {
  open = await lab.open();
  const { id } = await open.engine.submit(pipelineOf(jobs, more));
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

const logOf = async (job: Job, name: string) =>
  (await open.engine.readLog(job.id, name, 0)).bytes.toString();

async function tagsOf(job: Job): Promise<Readonly<Record<string, string>>> {
  const { data } = await open.workspace.runs.get(job.steps[0]?.runId ?? '');
  return Object.fromEntries(data.tags.map(({ key, value }) => [key, value]));
}

describe('an output of a literal type', () => {
  const writeThenRead = (type: string, command: string) => ({
    write: { command, outputs: { out: { type } } },
    read: {
      command: "printf '<%s>' ${{inputs.in}}",
      inputs: { in: '${{parent.jobs.write.outputs.out}}' },
    },
  });

  test.each([
    ['string', "printf 'it'\"'\"'s\\n$HOME\\n'", "<it's\n$HOME>"],
    ['string', 'true', '<>'],
    ['number', 'echo 1.5e-3', '<1.5e-3>'],
    ['integer', 'echo -7', '<-7>'],
    ['boolean', 'echo True', '<True>'],
  ])('%s: what %s writes is the value of the input', async (type, command, value) => {
    const job = await run(writeThenRead(type, `${command} > \${{outputs.out}}`));
    expect(job.error).toBeNull();
    expect(await logOf(job, 'read')).toBe(value);
  });

  test.each([
    ['integer', 'echo 1.5', "holds '1.5', which is no integer; write a whole number such as 3"],
    ['number', 'echo much', "holds 'much', which is no number; write a number such as 0.5"],
    ['boolean', 'echo 1', "holds '1', which is no boolean; write true or false"],
    ['boolean', 'true', "holds '', which is no boolean; write true or false"],
    ['string', 'head -c 2000000 /dev/zero', 'is 2000000 bytes long, and a string may have 1048576'],
  ])('%s: what %s writes fails the step', async (type, command, problem) => {
    const job = await run(writeThenRead(type, `${command} > \${{outputs.out}}`));
    expect(job.error).toEqual({
      code: 'STEP_OUTPUT_INVALID',
      message: `step 'write' exited with code 0, but its output 'out' ${problem}`,
    });
  });

  test('that was not written fails the step', async () => {
    const job = await run(writeThenRead('integer', 'true'));
    expect(job.error?.message).toBe(
      "step 'write' exited with code 0, but its output 'out' was not written",
    );
  });
});

describe('an output with a path', () => {
  const write = (path: string, type = 'uri_folder') => ({
    write: {
      command:
        type === 'uri_folder'
          ? 'mkdir ${{outputs.out}}/a && echo 1 > ${{outputs.out}}/a/f && echo 2 > ${{outputs.out}}/g'
          : 'echo 3 > ${{outputs.out}}',
      outputs: { out: { type, path } },
    },
  });
  const read = async (place: string) => {
    const { stream } = await open.workspace.datastores.default.read(place);
    return text(stream);
  };

  test('is written there, and its run says so', async () => {
    const path = 'azureml://datastores/workspaceblobstore/paths/results/today/';
    const job = await run(write(path));
    expect(job.error).toBeNull();
    expect(await read('results/today/a/f')).toBe('1\n');
    expect(await read('results/today/g')).toBe('2\n');
    expect((await tagsOf(job))['ridgeline.output.out']).toBe(path);
  });

  test.each([{}, { settings: { default_datastore: 'azureml:workspaceblobstore' } }])(
    'may be on the default datastore, be it named (%j) or not',
    async (more) => {
      const path = 'azureml://datastores/${{default_datastore}}/paths/kept';
      const job = await run(write(path), more);
      expect(job.error).toBeNull();
      expect((await tagsOf(job))['ridgeline.output.out']).toBe(
        'azureml://datastores/workspaceblobstore/paths/kept',
      );
    },
  );

  test('may name its run and itself', async () => {
    const path = 'azureml://datastores/workspaceblobstore/paths/${{name}}/${{output_name}}.txt';
    const job = await run(write(path, 'uri_file'));
    expect(job.error).toBeNull();
    expect(await read(`${job.steps[0]?.runId}/out.txt`)).toBe('3\n');
  });

  test('that leaves the datastore fails the step', async () => {
    const path = 'azureml://datastores/workspaceblobstore/paths/../../out';
    const job = await run(write(path, 'uri_file'));
    expect(job.error).toMatchObject({
      code: 'STEP_OUTPUT_INVALID',
      message: expect.stringContaining("output 'out' of step 'write' cannot be kept"),
    });
  });
});

describe('an output with a name', () => {
  const register = (more: object = {}) => ({
    write: {
      command: 'echo A > ${{outputs.out}}; echo 1 >> ${{outputs.out}}',
      outputs: { out: { type: 'uri_file', name: 'made', ...more } },
    },
  });

  test('becomes a data asset', async () => {
    const job = await run(
      register({ path: 'azureml://datastores/workspaceblobstore/paths/made.csv' }),
    );
    expect(job.error).toBeNull();
    const asset = await open.workspace.data.get('made', 'latest');
    expect(asset).toMatchObject({
      version: '1',
      rowCount: 1,
      uri: 'azureml://datastores/workspaceblobstore/paths/made.csv',
      tags: { 'ridgeline.run_id': job.steps[0]?.runId },
    });
    expect((await tagsOf(job))['ridgeline.output_asset.out']).toBe('made:1');
  });

  test('of its own version, too; another content of that version is refused', async () => {
    const folder = { type: 'uri_folder', version: '7' };
    const steps = {
      write: { ...register(folder).write, command: 'date +%N > ${{outputs.out}}/f' },
    };
    expect((await run(steps)).error).toBeNull();
    await lab.close();
    const again = await run(steps);
    expect(again.error).toMatchObject({
      code: 'STEP_OUTPUT_INVALID',
      message: expect.stringContaining(
        "data asset 'made' already has a version '7' with other content",
      ),
    });
  });

  test('is registered once, wherever the server is killed', { timeout: 120_000 }, async () => {
    const folder = { type: 'uri_folder' };
    const write = { ...register(folder).write, command: 'echo 1 > ${{outputs.out}}/f' };
    let servers = 0;
    for (
      let point = 20;
      await lab.runElsewhere(servers === 0 ? pipelineOf({ write }) : null, point);
    ) {
      servers += 1;
      point = 2 * servers;
    }
    open = await lab.open();
    const [job] = await open.engine.list({ limit: 1 });
    expect(job?.status).toBe('Completed');
    expect(await open.workspace.data.versions('made')).toHaveLength(1);
  });
});

describe('an optional input', () => {
  const step = {
    command: 'echo learn $[[--alpha ${{inputs.alpha}}]] $[[--data ${{inputs.data}}]]',
    inputs: {},
  };
  const component = {
    learn: {
      type: 'command',
      component: {
        type: 'command',
        command: step.command,
        environment: 'azureml:ridgeline-node@latest',
        inputs: {
          alpha: { type: 'number', optional: true },
          data: { type: 'uri_file', optional: true },
        },
      },
    },
  };

  test('without a value vanishes from the command, with all of its block', async () => {
    const job = await run(component as never);
    expect(job.error).toBeNull();
    expect(await logOf(job, 'learn')).toBe('learn\n');
  });

  test('with a value stands there', async () => {
    const job = await run({ learn: { ...component.learn, inputs: { alpha: 0.5 } } } as never);
    expect(await logOf(job, 'learn')).toBe('learn --alpha 0.5\n');
  });

  test('is absent where the input of the pipeline is', async () => {
    const learn = { ...component.learn, inputs: { alpha: '${{parent.inputs.alpha}}' } };
    const job = await run({ learn } as never, {
      inputs: { alpha: { type: 'number', optional: true } },
    });
    expect(job.error).toBeNull();
    expect(await logOf(job, 'learn')).toBe('learn\n');
  });
});
