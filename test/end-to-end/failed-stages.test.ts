// A life that goes wrong: the command ends with 1, and shows the log of the step that failed.
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ridgeline, startServer } from './cli.ts';
import { DeliveryProject } from './delivery-project.ts';

const minutes = 60_000;
let folder: string;
let project: DeliveryProject;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'failed stages '));
  project = new DeliveryProject(folder);
  await project.make();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const live = (env: Record<string, string> = {}) => {
  const workspace = path.join(folder, 'workspace');
  const words = ['--once', '--json', '-w', workspace, '--port', '0'];
  return ridgeline(['up', '--project', project.file(), ...words], { env });
};

async function liveWith(...changes: readonly [file: string, edit: (text: string) => string][]) {
  for (const [file, edit] of changes) await project.change(file, edit);
  project.commit('A mistake');
  return live();
}

test(
  'data that the checks refuse fails the build before anything is trained',
  async () => {
    const { exitCode, stdout, stderr } = await liveWith([
      'data/diabetes.csv',
      (text) => `${text}1,2,3\n`,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/build 1: Model CI failed/);
    expect(stderr).toMatch(/✗ Training/);
    expect(stderr).toContain('error BUILD_NOT_SUCCEEDED: build 1 of Model-Train-Register-CI');
    expect(stderr).toContain('── log of Run unit tests');
    expect(stderr).not.toContain('Release');
  },
  2 * minutes,
);

test(
  'a training that fails is told with the log of its own step',
  async () => {
    await rm(project.file('data/data.test.ts'));
    const { exitCode, stdout, stderr } = await liveWith([
      'data/diabetes.csv',
      (text) => text.replace(',Y\n', ',Z\n'),
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/build 1: Train and evaluate model failed/);
    expect(stderr).toContain('── log of train');
    expect(stderr).toMatch(/column 'Y'/);
  },
  2 * minutes,
);

test(
  'a release and a batch scoring that fail are both told, each with its cause',
  async () => {
    const { exitCode, stdout, stderr } = await liveWith(
      [
        'scoring/score.ts',
        (text) =>
          text.replace(
            'model = await loadModel(folder);',
            "$&\n  if (folder !== '') throw new Error('no such luck');",
          ),
      ],
      ['data/diabetes_scoring_input.csv', withoutNumbers(11)],
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/✓ Training/);
    expect(stderr).toMatch(/✗ Release/);
    expect(stderr).toContain('no such luck');
    expect(stderr).toMatch(/✗ Batch scoring/);
    expect(stderr).toContain('BATCH_ERROR_THRESHOLD_EXCEEDED');
    expect(stderr).toMatch(/row 1\b/);
  },
  2 * minutes,
);

test(
  'a service that answers wrongly fails its smoke test, and nothing comes after that',
  async () => {
    await project.change('.pipelines/devopsforai-aml-vg.example.yml', (text) =>
      text.replace('# AKS_DEPLOYMENT_NAME', 'AKS_DEPLOYMENT_NAME'),
    );
    const { exitCode, stderr } = await liveWith([
      'scoring/score.ts',
      (text) => text.replace(/return \{ result[^;]*;/, 'return { result: [1] };'),
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/build \d: Deploy to ACI failed/);
    expect(stderr).toMatch(/build \d: Deploy to AKS skipped/);
    expect(stderr).toContain('SMOKE_TEST_FAILED: expected a result of 2 numbers');
  },
  2 * minutes,
);

test(
  'a release that needs an approval is left waiting, and is told with what lets it go on',
  async () => {
    const workspace = path.join(folder, 'workspace');
    const server = await startServer(workspace);
    const words = ['diabetes_regression-aci', '--approval', '-w', workspace];
    await ridgeline(['delivery-environment', 'create', ...words]);
    await server.stop();
    const { exitCode, stderr } = await live();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /error BUILD_WAITS: build \d: stage 'Deploy_ACI'.*waits for an approval/,
    );
    expect(stderr).toMatch(/ridgeline build approve \d/);
  },
  3 * minutes,
);

test(
  'without git the life goes without delivery pipelines, and says what is missing',
  async () => {
    const { exitCode, stdout, stderr } = await live({ PATH: await pathWithout('git') });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('Without delivery pipelines, which need git');
    expect(stderr).toMatch(/✓ Deployment/);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'registered', builds: null });
  },
  2 * minutes,
);

/** The first rows have no number in their first column. */
function withoutNumbers(count: number): (text: string) => string {
  return (text) =>
    text
      .split('\n')
      .map((line, index) => (index >= 1 && index <= count ? line.replace(/^[^,]*/, 'n/a') : line))
      .join('\n');
}

/** All programs of this machine but one. */
async function pathWithout(program: string): Promise<string> {
  const programs = path.join(folder, 'programs');
  await mkdir(programs);
  for (const place of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of await readdir(place).catch((): string[] => [])) {
      if (name === program) continue;
      await symlink(path.join(place, name), path.join(programs, name)).catch(() => {});
    }
  }
  return programs;
}
