// What steps run in, as the engine sees it: its making is a part of the step, with its log and its
// cancel. Python is a stand-in here; a real one is asked by `npm run test:interop`.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { until } from '../test/until.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
  const { environments } = open.workspace;
  await environments.create({ name: 'training', requirements: ['six'] });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await lab.dispose();
});

/** A Python whose environments hold a program `greet`, and whose `pip install` is the test's. */
async function installPython(pip: string): Promise<void> {
  const file = path.join(lab.folder, 'tools', 'python3');
  const answer = JSON.stringify({ executable: file, version: '3.12.4', hasVenv: true });
  const script = `#!/bin/sh
case "$*" in
  *find_spec*) cat "$0.answer" ;;
  *"-m venv"*)
    for last; do :; done
    mkdir -p "$last/bin" && cp "$0" "$last/bin/python"
    printf '#!/bin/sh\\necho hello from $VIRTUAL_ENV\\n' > "$last/bin/greet"
    chmod 700 "$last/bin/greet" ;;
  *"-m pip install"*) ${pip} ;;
esac
`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, script, { mode: 0o700 });
  await writeFile(`${file}.answer`, answer);
  vi.stubEnv('RIDGELINE_PYTHON', file);
}

async function submit() {
  return submitted('greet', 'azureml:training@latest', 'local');
}

async function submitted(command: string, environment: string, compute = 'one-slot') {
  const definition = JSON.stringify({ command, environment, compute: `azureml:${compute}` });
  const job = await open.engine.submit({
    ...{ definition, fileName: 'job.yml', code: {}, uploads: {}, inputs: {} },
  });
  return job.id;
}

async function log(jobId: string): Promise<string> {
  const { steps } = await open.engine.get(jobId);
  const { bytes } = await open.engine.readLog(jobId, steps[0]?.name ?? '', 0);
  return bytes.toString('utf8');
}

test('a step finds the programs of its environment, and its log says how that was made', async () => {
  await installPython('echo Successfully installed six');
  const first = await submit();
  expect(await open.engine.waitFor(first)).toMatchObject({ status: 'Completed' });
  expect(await log(first)).toMatch(
    /Making environment 'azureml:training:1' .*\nSuccessfully installed six\nhello from .*venv\n$/s,
  );
  const second = await submit();
  await open.engine.waitFor(second);
  expect(await log(second)).toMatch(/^Reusing environment 'azureml:training:1' .*\nhello from /s);
});

test('a step whose environment cannot be made fails, and says why', async () => {
  await installPython('echo no such package; exit 1');
  const job = await open.engine.waitFor(await submit());
  expect(job).toMatchObject({ status: 'Failed', error: { code: 'STEP_PREPARATION_FAILED' } });
  expect(job.error?.message).toContain('no such package');
});

test('a cancel breaks the making off', async () => {
  await installPython('echo waiting; exec sleep 1000');
  const id = await submit();
  await until('pip is under way', async () => (await log(id)).includes('waiting'));
  await open.engine.cancel(id);
  expect(await open.engine.waitFor(id)).toMatchObject({ status: 'Canceled' });
});

test('an environment that is not there is refused before anything is kept', async () => {
  const definition = '{command: "true", environment: "azureml:AzureML-sklearn-1.5@latest"}';
  const submission = { definition, fileName: 'job.yml', code: {}, uploads: {}, inputs: {} };
  await expect(open.engine.submit(submission)).rejects.toMatchObject({
    code: 'ENVIRONMENT_NOT_FOUND',
    message: expect.stringContaining('scikit-learn'),
  });
});

test('the latest version is the one that was the latest when the job was submitted', async () => {
  await installPython('echo Successfully installed');
  await open.workspace.computes.getOrCreate({ name: 'one-slot', maxInstances: 1 });
  const script = path.join(lab.folder, 'tools', 'hold');
  await writeFile(script, `until [ -e "$0.over" ]; do sleep 0.1; done`, { mode: 0o700 });
  const holder = await submitted(`sh "${script}"`, 'azureml:ridgeline-node@latest');
  const waiting = await submitted('greet', 'azureml:training@latest');
  const { environments } = open.workspace;
  await environments.create({ name: 'training', requirements: ['six', 'attrs'] });
  await writeFile(`${script}.over`, '');
  await open.engine.waitFor(holder);
  await open.engine.waitFor(waiting);
  expect(await log(waiting)).toContain("'azureml:training:1'");
  const later = await submitted('greet', 'azureml:training@latest');
  await open.engine.waitFor(later);
  expect(await log(later)).toContain("'azureml:training:2'");
});
