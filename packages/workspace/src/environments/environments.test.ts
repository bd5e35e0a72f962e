import { execFile } from 'node:child_process';
import { mkdir, readFile, readlink, realpath, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Environments } from './environments.ts';
import { installedPackageFolder } from './installed-packages.ts';

const run = promisify(execFile);
const opened = useTemporaryDatabase();
let environments: Environments;
let codeFolder: string;

beforeEach(async () => {
  codeFolder = await temporaryFolder();
  const folder = join(codeFolder, '..', 'no-environments');
  environments = new Environments({ database: opened.database, folder });
});

describe('which environments there are', () => {
  test.each(['azureml:ridgeline-node@latest', 'azureml:ridgeline-node:1', null])(
    '%s is known',
    async (reference) => {
      await environments.assertKnown(reference);
      expect(await environments.resolve(reference)).toMatchObject({
        reference: 'azureml:ridgeline-node:1',
        identity: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    },
  );

  test.each(['azureml:sklearn-1.5@latest', 'azureml:ridgeline-node:2', 'ridgeline-node', ''])(
    '%j is not, and the message names those that are',
    async (reference) => {
      await expect(environments.prepare(reference, codeFolder)).rejects.toMatchObject({
        code: 'ENVIRONMENT_NOT_FOUND',
        status: 404,
        message: expect.stringMatching(
          /does not exist.*azureml:ridgeline-node@latest.*azureml:ridgeline-node:1/,
        ),
      });
    },
  );
});

describe('a prepared folder', () => {
  test('links to the real folders of the installed packages', async () => {
    await environments.prepare(null, codeFolder);
    for (const name of ['automl', 'client', 'learn', 'scoring', 'tabular']) {
      const target = await readlink(join(codeFolder, 'node_modules', '@ridgeline', name));
      expect(target).toBe(await realpath(target));
      expect(JSON.parse(await readFile(join(target, 'package.json'), 'utf8')).name).toBe(
        `@ridgeline/${name}`,
      );
    }
  });

  test('runs a TypeScript step that imports them, with the Node that is running', async () => {
    await writeFile(
      join(codeFolder, 'step.ts'),
      `import type { Matrix } from '@ridgeline/learn';
       import * as learn from '@ridgeline/learn';
       import * as tabular from '@ridgeline/tabular';
       const loaded: boolean = [learn, tabular].every((m) => typeof m === 'object');
       console.log(JSON.stringify({ loaded, version: process.version, node: process.execPath }));
       export type Unused = Matrix;`,
    );
    const { env } = await environments.prepare('azureml:ridgeline-node@latest', codeFolder);
    const { stdout } = await run('node step.ts', { shell: true, cwd: codeFolder, env });
    expect(JSON.parse(stdout)).toEqual({
      loaded: true,
      version: process.version,
      node: process.execPath,
    });
  });

  test('puts the running Node and the commands first in the PATH', async () => {
    const { env } = await environments.prepare(null, codeFolder);
    expect(env.PATH.split(delimiter).slice(0, 2)).toEqual([
      dirname(process.execPath),
      join(codeFolder, 'node_modules', '.bin'),
    ]);
    const { stdout } = await run('command -v ridgeline-batch-score', { shell: true, env });
    expect(await realpath(stdout.trim())).toBe(
      join(
        (await installedPackageFolder('@ridgeline/scoring')) ?? '',
        'bin',
        'ridgeline-batch-score.mjs',
      ),
    );
  });

  test('keeps what the code brought itself', async () => {
    const own = join(codeFolder, 'node_modules', '@ridgeline', 'learn');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'package.json'), '{"name":"mine"}');
    await environments.prepare(null, codeFolder);
    expect(await readFile(join(own, 'package.json'), 'utf8')).toBe('{"name":"mine"}');
    await readlink(join(codeFolder, 'node_modules', '@ridgeline', 'tabular'));
  });

  test('can be prepared again', async () => {
    const first = await environments.prepare(null, codeFolder);
    expect(await environments.prepare(null, codeFolder)).toEqual(first);
  });

  test('cannot be made where the code has a file named node_modules', async () => {
    await writeFile(join(codeFolder, 'node_modules'), '');
    await expect(environments.prepare(null, codeFolder)).rejects.toMatchObject({
      code: 'ENVIRONMENT_CANNOT_PREPARE',
      message: expect.stringContaining("'node_modules'"),
    });
  });
});

test('a package that is not installed has no folder', async () => {
  expect(await installedPackageFolder('@ridgeline/nothing')).toBeNull();
});
