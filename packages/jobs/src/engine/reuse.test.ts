// A step whose code, command, environment and inputs are those of an earlier job takes its result,
// and says so; any other says why it has run.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobStep } from '../job/job.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, submissionOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

async function run(submission: JobSubmission, more: Partial<JobSubmission> = {}): Promise<Job> {
  const { id } = await open.engine.submit({ ...submission, ...more });
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

function stepOf(job: Job, name: string): JobStep {
  const step = job.steps.find((each) => each.name === name);
  if (step === undefined) throw new Error(`there is no step '${name}'`);
  return step;
}

const decisions = (job: Job) => job.steps.map(({ decision }) => decision?.split(' ')[0]);
const outputs = { out: { type: 'uri_folder' } };

/** `train` writes its alpha, `evaluate` reads that; both note that they have run. */
const training = (more: { train?: object; evaluate?: object; command?: string } = {}) =>
  pipelineOf(
    {
      train: {
        command: `${lab.control.write('train')}; ${more.command ?? 'true'}; echo \${{inputs.alpha}} > \${{outputs.out}}/model`,
        inputs: { alpha: '${{parent.inputs.alpha}}' },
        outputs,
        ...more.train,
      },
      evaluate: {
        command: `${lab.control.write('evaluate')}; cat \${{inputs.model}}/model > \${{outputs.out}}/report`,
        inputs: { model: '${{parent.jobs.train.outputs.out}}' },
        outputs,
        ...more.evaluate,
      },
    },
    { inputs: { alpha: { type: 'number', default: 0.4 } } },
  );

describe('a pipeline that is run once more', () => {
  test('takes the results of the first, and says so', async () => {
    const first = await run(training());
    const second = await run(training());
    expect(decisions(first)).toEqual(['ran', 'ran']);
    expect(decisions(second)).toEqual(['reused', 'reused']);
    expect(await lab.control.journal()).toEqual(['train', 'evaluate']);
    const train = stepOf(second, 'train');
    const { runId } = stepOf(first, 'train');
    expect(train.reusedFrom).toEqual({ jobId: first.id, runId });
    expect(train.decision).toMatch(
      /^reused because code, command, environment and inputs are those of run \w{32} of job \w{32}, \d{4}-\d\d-\d\d$/,
    );
    expect(train).toMatchObject({ status: 'Completed', exitCode: 0, attempt: 1 });
    const { data } = await open.workspace.runs.get(train.runId ?? '');
    expect(data.tags).toContainEqual({ key: 'ridgeline.reused_from', value: runId });
  });

  test('has the outputs and the log as its own', async () => {
    await run(training({ command: 'echo trained' }));
    const second = await run(training({ command: 'echo trained' }));
    const runId = stepOf(second, 'evaluate').runId ?? '';
    const file = await open.workspace.artifacts.localPath(runId, 'outputs/out/report');
    expect(await readFile(file, 'utf8')).toBe('0.4\n');
    const log = await open.engine.readLog(second.id, 'train', 0);
    expect(log.bytes.toString()).toBe('trained\n');
  });

  test('names the job that has done the work, however often it was reused since', async () => {
    const first = await run(training());
    await run(training());
    const third = await run(training());
    expect(stepOf(third, 'train').reusedFrom?.jobId).toBe(first.id);
  });

  test('runs only what has changed, and what that has changed', async () => {
    const first = await run(training());
    const second = await run(training(), { inputs: { alpha: 0.5 } });
    expect(decisions(second)).toEqual(['ran', 'ran']);
    expect(stepOf(second, 'train').decision).toBe(
      `ran because input 'alpha' is 0.5 and was 0.4 in job ${first.id}`,
    );
    expect(stepOf(second, 'evaluate').decision).toBe(
      `ran because input 'model' is not what it was in job ${first.id}`,
    );
    const third = await run(training({ evaluate: { command: 'true' } }), {
      inputs: { alpha: 0.5 },
    });
    expect(decisions(third)).toEqual(['reused', 'ran']);
    expect(stepOf(third, 'evaluate').decision).toContain(
      'ran because its command is not what it was',
    );
  });

  test('has what the steps had logged, on their runs and on the root run', async () => {
    const { runs } = open.workspace;
    const gate = lab.control.waitAt('logged');
    const { id } = await open.engine.submit(training({ command: gate }));
    await lab.control.untilJournal('train');
    const runId = stepOf(await open.engine.get(id), 'train').runId ?? '';
    const batch = {
      metrics: [1, 2, 3].map((step) => ({ key: 'mse', value: 10 / step, timestamp: step, step })),
      params: [{ key: 'alpha', value: '0.4' }],
      tags: [{ key: 'team', value: 'a' }],
    };
    await runs.logBatch(runId, batch);
    const write = {
      metrics: [{ key: 'best', value: 7 }],
      tags: [{ key: 'winner', value: 'ridge' }],
    };
    await runs.logBatch(id, write);
    await open.engine.noteRootWrite(runId, write);
    await lab.control.openGates(['logged']);
    await open.engine.waitFor(id);

    for (const again of [1, 2]) {
      const job = await run(training({ command: gate }));
      expect(decisions(job), `time ${again}`).toEqual(['reused', 'reused']);
      const ofStep = await runs.get(stepOf(job, 'train').runId ?? '');
      expect(ofStep.data.params).toEqual([{ key: 'alpha', value: '0.4' }]);
      expect(ofStep.data.tags).toContainEqual({ key: 'team', value: 'a' });
      const history = await runs.metricHistory(ofStep.info.run_id, 'mse');
      expect(history.items.map(({ value }) => value)).toEqual([10, 5, 10 / 3]);
      const root = await runs.get(job.id);
      expect(root.data.tags).toContainEqual({ key: 'winner', value: 'ridge' });
      expect(root.data.metrics).toMatchObject([{ key: 'best', value: 7 }]);
    }
  });

  test.each([
    [
      'too often',
      Array.from({ length: 1_000 }, (_, i) => ({ tags: [{ key: 'k', value: `${i}` }] })),
    ],
    ['too much', [{ tags: [{ key: 'k', value: 'v'.repeat(200_000) }] }]],
  ])('runs a step anew that has written %s on the root run', async (_name, writes) => {
    const first = await run(training());
    const runId = stepOf(first, 'train').runId ?? '';
    await Promise.all(writes.map((write) => open.engine.noteRootWrite(runId, write)));
    const second = await run(training());
    expect(decisions(second)).toEqual(['ran', 'reused']);
  });

  test('keeps the lineage of its data', async () => {
    const { workspace } = open;
    const bytes = Buffer.from('A,B\n1,2\n');
    const { uri } = await workspace.datastores.default.write('a.csv', bytes);
    await workspace.data.create({ name: 'numbers', uri });
    const submission = pipelineOf({
      train: {
        command: 'cat ${{inputs.data}}',
        inputs: { data: { type: 'uri_file', path: 'azureml:numbers@latest' } },
      },
    });
    await run(submission);
    const second = await run(submission);
    expect(decisions(second)).toEqual(['reused']);
    const root = await workspace.runs.get(second.id);
    expect(root.data.tags).toContainEqual({ key: 'dataset_id', value: 'numbers:1' });
    const { inputs } = await workspace.runs.get(stepOf(second, 'train').runId ?? '');
    expect(inputs.dataset_inputs).toMatchObject([{ dataset: { name: 'numbers' } }]);
  });
});

describe('a step runs', () => {
  const always = (isDeterministic: boolean) => ({
    component: {
      type: 'command',
      is_deterministic: isDeterministic,
      command: lab.control.write('side effect'),
    },
  });
  const withSideEffect = (isDeterministic: boolean) =>
    submissionOf({
      type: 'pipeline',
      jobs: { deploy: { type: 'command', ...always(isDeterministic) } },
    });

  test('each time where it is not deterministic', async () => {
    await run(withSideEffect(false));
    const second = await run(withSideEffect(false));
    expect(stepOf(second, 'deploy').decision).toBe(
      'ran because it is not deterministic (is_deterministic: false)',
    );
    expect(await lab.control.journal()).toEqual(['side effect', 'side effect']);
  });

  test('once where it is', async () => {
    await run(withSideEffect(true));
    expect(decisions(await run(withSideEffect(true)))).toEqual(['reused']);
  });

  test('where the job was submitted with force_rerun, by whoever', async () => {
    await run(training());
    const forced = await run(training(), { forceRerun: true });
    expect(forced.steps.map(({ decision }) => decision)).toEqual(
      Array(2).fill('ran because the job was submitted with force_rerun'),
    );
    expect(decisions(await run(training()))).toEqual(['reused', 'reused']);
  });

  test('where nothing like it has run before', async () => {
    const job = await run(training());
    expect(stepOf(job, 'train').decision).toBe('ran because nothing like it has run before');
  });

  test('where the earlier one has failed', async () => {
    const flaky = training({ command: 'test -e "$0.never" && exit 0 || exit 1' });
    const first = await run(flaky);
    expect(first.status).toBe('Failed');
    const second = await run(flaky);
    expect(stepOf(second, 'train').decision).toBe(
      `ran because it has not completed in job ${first.id}`,
    );
  });

  test('where the earlier outputs or the earlier run are gone', async () => {
    const first = await run(training());
    await open.workspace.artifacts.delete(stepOf(first, 'train').runId ?? '', 'outputs');
    const second = await run(training());
    expect(stepOf(second, 'train').decision).toBe(
      `ran because what it has written in job ${first.id} is no longer there`,
    );
    // It has written the same again.
    expect(decisions(second)).toEqual(['ran', 'reused']);
    await open.workspace.runs.delete(stepOf(second, 'train').runId ?? '');
    expect(decisions(await run(training()))[0]).toBe('ran');
  });

  test('where it stands alone: a job of one command is asked for to be run', async () => {
    const command = submissionOf({ type: 'command', command: lab.control.write('alone') });
    await run(command);
    expect((await run(command)).steps[0]).toMatchObject({ decision: null, reusedFrom: null });
    expect(await lab.control.journal()).toEqual(['alone', 'alone']);
  });

  test('where a file that it takes holds other bytes under the same name', async () => {
    const store = open.workspace.datastores.default;
    const path = 'azureml://datastores/workspaceblobstore/paths/in.txt';
    const submission = pipelineOf({
      read: { command: 'cat ${{inputs.in}}', inputs: { in: { type: 'uri_file', path } } },
    });
    await store.write('in.txt', Buffer.from('one'));
    const first = await run(submission);
    expect(decisions(await run(submission))).toEqual(['reused']);
    await store.write('in.txt', Buffer.from('two'));
    const third = await run(submission);
    expect(third.steps[0]?.decision).toContain("ran because input 'in' is not what it was in job");
    expect(third.steps[0]?.decision).not.toContain(first.id);
  });
});

test('a value of an environment variable is kept nowhere that a decision is read from', async () => {
  const step = (value: string) => ({ command: 'true', environment_variables: { TOKEN: value } });
  const first = await run(pipelineOf({ call: step('secret-one') }));
  const second = await run(pipelineOf({ call: step('secret-two') }));
  expect(second.steps[0]?.decision).toBe(
    `ran because environment variable 'TOKEN' is not what it was in job ${first.id}`,
  );
});
