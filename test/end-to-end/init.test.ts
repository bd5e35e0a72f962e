// A project of one's own: made outside this repository, renamed all through, and running there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { git } from '@ridgeline/azure-pipelines';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ridgeline } from './cli.ts';

const minutes = 60_000;
let parent: string;
let project: string;

beforeAll(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'init-'));
  project = path.join(parent, 'my project');
});

afterAll(() => rm(parent, { recursive: true, force: true }));

describe('ridgeline init', () => {
  test.each([
    ['ab', 'PROJECT_NAME_INVALID', 'Invalid project name length.'],
    ['has-hyphen', 'PROJECT_NAME_INVALID', 'Invalid characters in project name.'],
    ['digits123', 'PROJECT_NAME_INVALID', 'Invalid characters in project name.'],
  ])('refuses the name %s, and makes nothing', async (name, code, message) => {
    const { exitCode, stderr } = await ridgeline(['init', project, '--name', name]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(code);
    expect(stderr).toContain(message);
    expect(await readdir(parent)).toEqual([]);
  });

  test('refuses a folder that holds something, and a file', async () => {
    const full = path.join(parent, 'full');
    await mkdir(full);
    await writeFile(path.join(full, 'mine'), 'kept');
    const intoFull = await ridgeline(['init', full, '--name', 'sales']);
    expect(intoFull.exitCode).toBe(1);
    expect(intoFull.stderr).toContain('DIRECTORY_NOT_EMPTY');
    const ontoFile = await ridgeline(['init', path.join(full, 'mine'), '--name', 'sales']);
    expect(ontoFile.exitCode).toBe(1);
    expect(ontoFile.stderr).toContain('Not a valid directory.');
    expect(await readdir(full)).toEqual(['mine']);
    await rm(full, { recursive: true });
  });

  test('renames the project all through, files and texts, and commits it', async () => {
    const { exitCode, stdout } = await ridgeline(['init', project, '--name', 'sales_model']);
    expect(exitCode).toBe(0);
    expect(stdout.trim()).toBe(project);
    expect(await readdir(parent)).toEqual(['my project']);
    const left: string[] = [];
    for (const entry of await readdir(project, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      const content = entry.isFile() ? await readFile(file, 'utf8') : '';
      // This installation's own path may hold the word: the links to its packages name it.
      const own = content.replaceAll(/"file:[^"]*"/g, '');
      if (/diabetes/i.test(entry.name) || /diabetes/i.test(own)) left.push(file);
    }
    expect(left).toEqual([]);
    expect(await git(project, ['log', '--format=%s'])).toBe('A new project\n');
    expect(await git(project, ['status', '--porcelain'])).toBe('');
  });
});

describe('ridgeline init --template automl-lifecycle', () => {
  const ofTemplate = () => path.join(parent, 'cpus');
  const init = (template: string) =>
    ridgeline(['init', ofTemplate(), '--name', 'cpu_speed', '--template', template]);

  test('makes a project of that template, named all through, with its data', async () => {
    expect(await init('automl-lifecycle')).toMatchObject({ exitCode: 0 });
    const files = await readdir(ofTemplate(), { recursive: true, withFileTypes: true });
    const texts = files
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const text = await readFile(path.join(entry.parentPath, entry.name), 'utf8');
        return text.replaceAll(/"file:[^"]*"/g, '');
      });
    const all = (await Promise.all(texts)).join('\n');
    expect(all).not.toMatch(/automl.lifecycle/);
    expect(all).toContain('"name": "cpu-speed"');
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['machine-cpu.csv', 'automl-pipeline.yml', 'request.json']),
    );
    await rm(ofTemplate(), { recursive: true });
  });

  test('tells of a template that there is not, with those that there are', async () => {
    const refused = await init('automl');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('diabetes-regression, automl-lifecycle');
  });
});

describe('the new project', () => {
  test('installs', { timeout: 5 * minutes }, async () => {
    expect(await npm('install', '--no-audit', '--no-fund')).toMatchObject({ exitCode: 0 });
  });

  test('passes its own tests, with other parameters too, and types', {
    timeout: 5 * minutes,
  }, async () => {
    const parameters = path.join(project, 'parameters.json');
    const given = await readFile(parameters, 'utf8');
    await writeFile(parameters, given.replace(/"alpha": [\d.]+/, '"alpha": 0.4'));
    expect(await npm('test')).toMatchObject({ exitCode: 0 });
    expect(await npm('run', 'typecheck')).toMatchObject({ exitCode: 0 });
  });

  test('lives its own life', { timeout: 5 * minutes }, async () => {
    const words = ['--silent', 'start', '--', '--once', '--json', '--port', '0'];
    const { exitCode, stdout } = await npm(...words);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'registered',
      model: { name: 'sales_model_model', version: '1' },
      endpoint: 'mlops-aci',
      builds: { training: '1' },
      rowsScored: 442,
    });
  });
});

async function npm(...words: readonly string[]) {
  // Without what this test run's own npm has set, as in a terminal of one's own.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_ENV|NODE_OPTIONS|VITEST)/.test(name),
  );
  const child = spawn('npm', words, {
    cwd: project,
    env: Object.fromEntries(inherited),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}
