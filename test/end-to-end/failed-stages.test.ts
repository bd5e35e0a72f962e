// A life that goes wrong: the command ends with 1 and shows the log of the stage that failed.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ridgeline, template } from './cli.ts';

let folder: string;
let project: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'failed stages '));
  project = path.join(folder, 'project');
  await cp(template, project, { recursive: true });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const live = () => {
  const workspace = path.join(folder, 'workspace');
  const words = ['up', '--project', project, '--once', '--json', '-w', workspace, '--port', '0'];
  return ridgeline(words);
};

async function change(file: string, edit: (text: string) => string): Promise<void> {
  const place = path.join(project, file);
  await writeFile(place, edit(await readFile(place, 'utf8')));
}

test('data that cannot be read is refused at the first stage', async () => {
  await change('data/diabetes.csv', (text) => `${text}1,2,3\n`);
  const { exitCode, stdout, stderr } = await live();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/✗ Data/);
  expect(stderr).toMatch(/error DATA_ROW_INVALID: .*444/);
});

test('a missing target column fails the training, which says so', async () => {
  await change('data/diabetes.csv', (text) => text.replace(',Y\n', ',Z\n'));
  const { exitCode, stdout, stderr } = await live();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/✗ Training/);
  expect(stderr).toContain('── log of train');
  expect(stderr).toMatch(/column 'Y'/);
});

test('a scoring script that does not start fails the deployment, with its own words', async () => {
  await change('scoring/score.ts', (text) =>
    text.replace('model = await loadModel(folder);', "throw new Error('no such luck');"),
  );
  const { exitCode, stdout, stderr } = await live();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/✗ Deployment/);
  expect(stderr).toContain('no such luck');
});

test('rows past the error threshold fail the batch scoring, by their numbers', async () => {
  const packages = path.join(template, '../../node_modules');
  await symlink(packages, path.join(project, 'node_modules'));
  await change('data/diabetes_scoring_input.csv', (text) =>
    text
      .split('\n')
      .map((line, index) => (index >= 1 && index <= 11 ? line.replace(/^[^,]*/, 'n/a') : line))
      .join('\n'),
  );
  const { exitCode, stdout, stderr } = await live();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/✗ Batch scoring/);
  expect(stderr).toContain('BATCH_ERROR_THRESHOLD_EXCEEDED');
  expect(stderr).toMatch(/row 1\b/);
});
