import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { checkR } from './check-r.ts';

let bin: string;

beforeEach(async () => {
  bin = await temporaryFolder();
  vi.stubEnv('PATH', bin);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A stand-in for R that answers as R 4.2.2 with a few packages does. */
async function installR(answer = '4.2.2\\nbase\\nRcpp\\ndplyr'): Promise<void> {
  await writeFile(join(bin, 'Rscript'), `#!/bin/sh\nprintf '${answer}\\n'\n`, { mode: 0o700 });
}

test('R that is there has its version told', async () => {
  await installR();
  expect(await checkR({ version: ['>=4.1'], packages: ['rcpp', 'dplyr'] }, 'e')).toBe('4.2.2');
});

describe('what is missing is named', () => {
  test('R', async () => {
    await expect(checkR({ version: [], packages: [] }, "environment 'e'")).rejects.toMatchObject({
      code: 'ENVIRONMENT_TOOL_MISSING',
      message: expect.stringMatching(/^environment 'e' needs R, .*apt-get install r-base-core/),
    });
  });

  test('a version of R', async () => {
    await installR();
    await expect(checkR({ version: ['==4.4.*'], packages: [] }, 'e')).rejects.toThrow(
      'e needs R ==4.4.*, and this machine has 4.2.2',
    );
  });

  test('packages of R', async () => {
    await installR();
    await expect(checkR({ version: [], packages: ['dplyr', 'ggplot2'] }, 'e')).rejects.toThrow(
      "needs the R packages 'ggplot2', which are not installed",
    );
  });

  test('R, where some other program has its name', async () => {
    await installR('hello');
    await expect(checkR({ version: [], packages: [] }, 'e')).rejects.toThrow('needs R, ');
  });
});
