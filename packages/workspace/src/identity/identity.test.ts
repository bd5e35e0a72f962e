import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from '../database/open-workspace-database.ts';
import { databasePlace } from '../database/temporary-database.fixture.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Secrets } from '../secrets/secrets.ts';
import { Identity } from './identity.ts';
import { admin } from './principal.ts';

let folder: string;
let database: WorkspaceDatabase;
let secrets: Secrets;
let identity: Identity;

beforeEach(async () => {
  folder = await temporaryFolder();
  database = await openWorkspaceDatabase(databasePlace(folder));
  const staging = new StagingFolder(join(folder, '.incoming'));
  secrets = await Secrets.open({ database, file: join(folder, 'secrets.key'), staging });
  identity = await Identity.open({ database, secrets });
});

afterEach(() => database.close());

describe('the admin token', () => {
  test('is made once, and can be printed again', async () => {
    const token = await identity.adminToken();
    expect(token).toMatch(/^rdg_[A-Za-z0-9_-]{43}$/);
    const again = await Identity.open({ database, secrets });
    expect(await again.adminToken()).toBe(token);
    expect(await again.authenticate(token)).toEqual(admin);
  });

  test('that is lost is replaced at the next open, and no longer valid', async () => {
    const lost = await identity.adminToken();
    await secrets.delete('identity/admin-token');
    const again = await Identity.open({ database, secrets });
    expect(await again.adminToken()).not.toBe(lost);
    expect(await again.authenticate(lost)).toBeNull();
  });

  test('is valid even if the process that made it was killed before it was done', async () => {
    await database.write((writer) => writer.deleteFrom('tokens').execute());
    const again = await Identity.open({ database, secrets });
    expect(await again.authenticate(await identity.adminToken())).toEqual(admin);
  });
});

describe('a step token', () => {
  test('names its job and its run until that run is revoked; others stay', async () => {
    const first = await identity.issueStepToken({ jobId: 'job', runId: 'run-1' });
    const second = await identity.issueStepToken({ jobId: 'job', runId: 'run-2' });
    expect(await identity.authenticate(first)).toEqual({
      kind: 'step',
      name: 'step run-1',
      role: null,
      jobId: 'job',
      runId: 'run-1',
    });
    await identity.revokeStepTokens({ runId: 'run-1' });
    expect(await identity.authenticate(first)).toBeNull();
    expect(await identity.authenticate(second)).toMatchObject({ runId: 'run-2' });
  });

  test('ends with its job, whatever the run', async () => {
    const of = (jobId: string, runId: string) => identity.issueStepToken({ jobId, runId });
    const [a, b, other] = [await of('job', 'a'), await of('job', 'b'), await of('other', 'c')];
    await identity.revokeStepTokens({ jobId: 'job' });
    expect(await identity.authenticate(a)).toBeNull();
    expect(await identity.authenticate(b)).toBeNull();
    expect(await identity.authenticate(other)).toMatchObject({ kind: 'step', jobId: 'other' });
    expect(await identity.authenticate(await identity.adminToken())).toEqual(admin);
  });

  test('is like no other', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 50 }, () => identity.issueStepToken({ jobId: 'job', runId: 'run' })),
    );
    expect(new Set(tokens).size).toBe(50);
  });
});

describe('what is no token', () => {
  test('any text is nobody', async () => {
    const token = await identity.adminToken();
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        'rdg_',
        `${token} `,
        `${token}x`,
        token.slice(0, -1),
        token.toUpperCase(),
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, async (candidate) => {
        expect(await identity.authenticate(candidate)).toBeNull();
      }),
    );
  });

  test('a token with one character changed is nobody', async () => {
    const token = await identity.adminToken();
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      expect(await identity.authenticate(changed)).toBeNull();
    }
  });
});

test('no token stands on the disk in clear', async () => {
  const step = await identity.issueStepToken({ jobId: 'job', runId: 'run' });
  const admin = await identity.adminToken();
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
    expect(bytes.includes(step) || bytes.includes(admin), name).toBe(false);
  }
});
