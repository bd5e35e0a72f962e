// The runner against a stand-in for Databricks, by itself: what it asks for, what it makes of the
// answers, and that nothing is started twice.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Compute, RidgelineError } from '@ridgeline/workspace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StepStart } from '../runner/step-runner.ts';
import { stepFolder } from '../step/step-folder.ts';
import { DatabricksStandIn, finish } from '../test/databricks-stand-in.ts';
import { until } from '../test/until.ts';
import { DatabricksRunner } from './databricks-runner.ts';

let folder: string;
let standIn: DatabricksStandIn;
let token: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "databricks' "));
  standIn = await DatabricksStandIn.start(folder);
  token = standIn.token;
});
afterEach(async () => {
  await standIn.stop();
  await rm(folder, { recursive: true, force: true });
});

function runner(pollMs = 20): DatabricksRunner {
  const secrets = {
    get: async (name: string) => {
      if (name === 'user:databricks-token') return token;
      throw new RidgelineError('SECRET_NOT_FOUND', `secret ${name} does not exist`);
    },
  };
  return new DatabricksRunner({ secrets, pollMs, retryDelayMs: 1 });
}

let count = 0;

async function step(changes: Partial<StepStart> = {}): Promise<StepStart> {
  count += 1;
  const runId = randomUUID().replaceAll('-', '');
  const place = stepFolder(folder, 'job', `step${count}`, 1);
  const model = path.join(place.outputs, 'model');
  await mkdir(place.code, { recursive: true });
  await mkdir(model, { recursive: true });
  await writeFile(path.join(place.code, 'data.csv'), 'a,b\n1,2\n');
  await writeFile(path.join(place.code, 'run.sh'), 'echo "from a script"\n', { mode: 0o700 });
  const inputs = new Map([['data', path.join(place.code, 'data.csv')]]);
  const commandWith: StepStart['commandWith'] = (values) =>
    `./run.sh && cat ${values.inputs.get('data')} > ${values.outputs.get('model')}/copy.csv`;
  const outputs = new Map([['model', model]]);
  return {
    attempt: { jobId: 'job', stepName: `step${count}`, number: 1, runId },
    compute: compute(),
    folder: place,
    command: 'not to be run anywhere else',
    commandWith,
    environment: {
      PATH: '/of/this/machine',
      MLFLOW_TRACKING_URI: 'http://127.0.0.1:9',
      GREETING: 'hi',
    },
    literals: new Set(),
    ...{ inputs, outputs },
    ...changes,
  };
}

function compute(clusterId = standIn.clusterId): Compute {
  return {
    ...{ name: 'databricks', kind: 'databricks', size: null, minInstances: 0, maxInstances: 1 },
    ...{ idleSeconds: 0, tier: 'dedicated', description: '', tags: {}, state: 'Succeeded' },
    properties: { workspaceUrl: standIn.url, clusterId, secretName: 'databricks-token' },
    createdAt: null,
  };
}

const log = (start: StepStart) => readFile(start.folder.log, 'utf8');

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasPython())(
  hasPython()
    ? 'a step'
    : 'a step (skipped: this machine has no python3, which stands for a cluster)',
  () => {
    test('runs with its code, inputs and environment, and brings its outputs back', async () => {
      const start = await step();
      const process = await runner().start(start);
      expect(await process.ended()).toBe(0);
      const copy = path.join(start.outputs.get('model') ?? '', 'copy.csv');
      expect(await readFile(copy, 'utf8')).toBe('a,b\n1,2\n');
      const text = await log(start);
      expect(text).toContain('from a script');
      expect(text).toMatch(/Databricks: run \d+ \(http.*\) is RUNNING/);
      expect(text).not.toContain(token);
    });

    test('has its own variables, and none of this machine’s', async () => {
      const commandWith = () => 'echo "$GREETING|$MLFLOW_TRACKING_URI|$PATH"';
      const start = await step({ commandWith, outputs: new Map() });
      await (await runner().start(start)).ended();
      expect(await log(start)).toMatch(/^hi\|\|/m);
      expect(await log(start)).not.toContain('/of/this/machine');
    });

    test('gives its exit code', async () => {
      const start = await step({ commandWith: () => 'echo no >&2; exit 7' });
      expect(await (await runner().start(start)).ended()).toBe(7);
      expect(await log(start)).toContain('no\n');
    });

    test('is run once, though a server that lost its run’s id submits it again', async () => {
      const file = path.join(folder, 'count');
      const quoted = `'${file.replaceAll("'", `'\\''`)}'`;
      const start = await step({ commandWith: () => `echo once >> ${quoted}` });
      standIn.fault = (call) => (call.endsWith('/runs/get') ? 'hang up' : undefined);
      await runner().start(start);
      const idFile = path.join(start.folder.root, 'databricks-run');
      await until('it is submitted', () => existsSync(idFile));
      const [first] = standIn.runs.values();
      await until('it has ended', () => first?.state.life_cycle_state === 'TERMINATED');
      await rm(idFile);
      // Databricks may have forgotten the token of a run that has ended.
      standIn.runs.clear();
      standIn.fault = () => undefined;
      const found = await runner().find(start);
      if (found.state !== 'running') throw new Error(found.state);
      expect(await found.process.ended()).toBe(0);
      expect(standIn.runs.size).toBe(1);
      expect(await readFile(file, 'utf8')).toBe('once\n');
    });

    test('a large file comes back as it was', async () => {
      const commandWith: StepStart['commandWith'] = ({ outputs }) =>
        `head -c 3000000 /dev/zero > ${outputs.get('model')}/zeros; mkdir ${outputs.get('model')}/empty`;
      const start = await step({ commandWith });
      expect(await (await runner().start(start)).ended()).toBe(0);
      const zeros = await readFile(path.join(start.outputs.get('model') ?? '', 'zeros'));
      expect(zeros.equals(Buffer.alloc(3_000_000))).toBe(true);
    });
  },
);

describe('what is submitted', () => {
  test('is a run of a Python file on the cluster, with the run’s id as its token', async () => {
    standIn.behave = async (run) => finish(run, 'FAILED', 'no');
    const start = await step();
    await (await runner().start(start)).ended();
    const store = `/ridgeline/${start.attempt.runId}`;
    expect(standIn.runs.values().next().value?.submission).toEqual({
      run_name: `ridgeline job ${start.attempt.stepName}`,
      idempotency_token: start.attempt.runId,
      tasks: [
        {
          task_key: 'step',
          existing_cluster_id: standIn.clusterId,
          spark_python_task: {
            python_file: `dbfs:${store}/run.py`,
            parameters: [`/dbfs${store}`, `/tmp${store}`],
          },
        },
      ],
    });
  });

  test('is submitted once, whichever calls fail on the way', async () => {
    standIn.behave = async (run) => finish(run, 'FAILED', 'no');
    const failed = new Map<string, number>();
    standIn.fault = (call) => {
      const times = failed.get(call) ?? 0;
      failed.set(call, times + 1);
      if (times === 0) return 'hang up';
      return times === 1 ? { status: 503, body: {} } : undefined;
    };
    const start = await step();
    expect(await (await runner().start(start)).ended()).toBe(1);
    expect(standIn.runs.size).toBe(1);
  });

  test('takes no file of this machine along that is a value', async () => {
    standIn.behave = async (run) => finish(run, 'FAILED', 'no');
    const start = await step({
      inputs: new Map([['text', '/etc/passwd']]),
      literals: new Set(['text']),
      commandWith: ({ inputs }) => `echo ${inputs.get('text')}`,
    });
    let bundle = '';
    standIn.behave = async (run, store) => {
      bundle = await readFile(path.join(store, 'bundle.jsonl'), 'utf8');
      finish(run, 'FAILED', 'no');
    };
    await (await runner().start(start)).ended();
    expect(bundle).toContain('echo /etc/passwd');
    expect(bundle).not.toContain('inputs/');
  });
});

describe('an attempt that an earlier server has begun', () => {
  test('is kept from starting where it was not submitted', async () => {
    const start = await step();
    expect(await runner().find(start)).toEqual({ state: 'not started' });
    await expect(runner().start(start)).rejects.toThrow('never started');
    expect(standIn.runs.size).toBe(0);
  });

  test('goes on where it runs, and is the same run', async () => {
    standIn.behave = async () => {};
    const start = await step();
    // It looks once, and not again while this test lasts: as a server that is gone.
    await runner(600_000).start(start);
    const looked = () => standIn.calls.includes('GET /api/2.1/jobs/runs/get');
    await until('it is submitted and looked at', looked);
    const found = await runner().find(start);
    if (found.state !== 'running') throw new Error(found.state);
    const [run] = standIn.runs.values();
    if (run === undefined) throw new Error('no run');
    await writeFile(standIn.file(`ridgeline/${start.attempt.runId}/exit-code`), '3');
    finish(run, 'FAILED', 'exit 3');
    expect(await found.process.ended()).toBe(3);
    expect(standIn.runs.size).toBe(1);
  });
});

describe('a stop', () => {
  test('cancels the run', async () => {
    standIn.behave = async () => {};
    const start = await step();
    const process = await runner().start(start);
    await until('it is submitted', () => standIn.runs.size === 1);
    process.signal('SIGTERM');
    expect(await process.ended()).toBeNull();
    expect(standIn.calls).toContain('POST /api/2.1/jobs/runs/cancel');
  });

  test('ends also where Databricks does not answer any more', async () => {
    standIn.behave = async () => {};
    const process = await runner().start(await step());
    await until('it is submitted', () => standIn.runs.size === 1);
    standIn.fault = () => 'hang up';
    process.signal('SIGKILL');
    expect(await process.ended()).toBe(1);
  });
});

describe('what goes wrong stands in the step’s log', () => {
  test.each([
    ['a run that failed before the command', 'FAILED', 'Library installation failed', 1],
    ['a cluster that was terminated', 'INTERNAL_ERROR', 'Cluster was terminated', 1],
    ['a run that somebody else cancelled', 'CANCELED', 'Run cancelled by a person', 1],
    ['a run that took too long for Databricks', 'TIMEDOUT', 'Run timed out', 1],
    ['a success without an end of the command', 'SUCCESS', '', 1],
  ])('%s', async (_what, result, message, exitCode) => {
    standIn.behave = async (run) => {
      run.error = 'and why';
      finish(run, result, message);
    };
    const start = await step();
    expect(await (await runner().start(start)).ended()).toBe(exitCode);
    expect(await log(start)).toContain(
      `Databricks: run ${[...standIn.runs.keys()][0]} ended: ${result}`,
    );
    expect(await log(start)).toContain(message);
    expect(await log(start)).toContain('and why');
  });

  test('a cluster that does not exist', async () => {
    const start = await step({ compute: compute('none') });
    expect(await (await runner().start(start)).ended()).toBe(1);
    expect(await log(start)).toContain('400 INVALID_PARAMETER_VALUE: Cluster none does not exist');
  });

  test('outputs that are none', async () => {
    standIn.behave = async (run, store) => {
      await writeFile(path.join(store, 'exit-code'), '0');
      const line = { kind: 'file', path: 'outputs/model/../../x', data: '', executable: false };
      await writeFile(path.join(store, 'outputs.jsonl'), `${JSON.stringify(line)}\n`);
      finish(run, 'SUCCESS', '');
    };
    const start = await step();
    expect(await (await runner().start(start)).ended()).toBe(1);
    expect(await log(start)).toContain('which is no output');
  });
});

describe('the token', () => {
  test('that is wrong is told, and never shown', async () => {
    token = 'dapi-wrong-and-secret';
    const error = await runner()
      .start(await step())
      .catch((e: Error) => e);
    expect(String(error)).toMatch(/401 UNAUTHENTICATED.*set the secret of the compute anew/);
    expect(String(error)).not.toContain(token);
  });

  test('that expires in the midst can be replaced', async () => {
    standIn.behave = async () => {};
    const start = await step();
    const process = await runner().start(start);
    await until('it is submitted', () => standIn.runs.size === 1);
    token = 'dapi-expired-and-secret';
    await until('it is refused', async () => (await log(start)).includes('401 UNAUTHENTICATED'));
    expect(await log(start)).not.toContain(token);
    token = standIn.token;
    const [run] = standIn.runs.values();
    if (run !== undefined) finish(run, 'FAILED', 'at last');
    expect(await process.ended()).toBe(1);
    expect(await log(start)).toContain('at last');
  });

  test('that is not among the secrets starts nothing', async () => {
    const other = { ...compute().properties, secretName: 'other' };
    const start = await step({ compute: { ...compute(), properties: other } });
    await expect(runner().start(start)).rejects.toThrow(
      /secret 'other' is not set.*ridgeline secret set other/,
    );
    expect(standIn.calls).toEqual([]);
  });
});
