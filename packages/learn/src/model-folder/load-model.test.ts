import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorOf, rejectionOf } from '../../test/error-of.ts';
import { savedFolder, x } from '../../test/saved-model.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { loadModel } from './load-model.ts';

describe('loadModel', () => {
  it('tells what it has loaded', async () => {
    const { info, model, predict } = await loadModel(await savedFolder());
    expect(info).toMatchObject({
      runId: 'r1',
      artifactPath: null,
      estimator: 'LinearRegression',
      signature: {
        inputs: [
          { name: 'AGE', type: 'double' },
          { name: 'BMI', type: 'double' },
        ],
        outputs: [{ name: 'Y', type: 'double' }],
      },
    });
    expect(predict(x)).toEqual(model.predict(x));
  });

  it('checks what is predicted on', async () => {
    const { predict } = await loadModel(await savedFolder());
    expect(errorOf(() => predict(matrixFromRows([[1]]))).code).toBe('SHAPE_MISMATCH');
  });

  it('finds no model in a folder that is missing, empty, or a file', async () => {
    const parent = await temporaryFolder();
    await writeFile(join(parent, 'file'), '');
    for (const folder of [parent, join(parent, 'nope'), join(parent, 'file')]) {
      const error = await rejectionOf(loadModel(folder));
      expect(error).toMatchObject({ code: 'MODEL_NOT_FOUND', status: 404 });
    }
  });
});

describe.each(['MLmodel', 'model.json'])('%s is refused without being read', (file) => {
  it('when it is too large', async () => {
    const folder = await savedFolder();
    await truncate(join(folder, file), 257 * 1024 * 1024);
    const error = await rejectionOf(loadModel(folder));
    expect(error).toMatchObject({ code: 'MODEL_TOO_LARGE', status: 413 });
  });

  it('when it is a folder', async () => {
    const folder = await savedFolder();
    await rm(join(folder, file));
    await mkdir(join(folder, file));
    const error = await rejectionOf(loadModel(folder));
    expect(error.message).toContain('it is not a regular file');
  });

  it('when it is a link', async () => {
    const folder = await savedFolder();
    await rm(join(folder, file));
    await symlink('/etc/hostname', join(folder, file));
    const error = await rejectionOf(loadModel(folder));
    expect(error).toMatchObject({ code: 'MODEL_INVALID' });
    expect(error.message).toContain('it is a link');
  });

  it('when it is a pipe that nobody writes to', async () => {
    const folder = await savedFolder();
    await rm(join(folder, file));
    execFileSync('mkfifo', [join(folder, file)]);
    const error = await rejectionOf(loadModel(folder));
    expect(error.message).toContain('it is not a regular file');
  });
});
