// The training pipeline in R, with the R of the machine.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasProgram, titleOf } from './programs.ts';
import { InteropWorkspace } from './workspace.ts';

const isThere = hasProgram('Rscript', '--version');
let workspace: InteropWorkspace;

beforeAll(async () => {
  workspace = await InteropWorkspace.open();
  await workspace.call('environment', 'create', '-f', 'training/r/environment.yml');
});
afterAll(() => workspace?.close());

const pipeline = ['job', 'create', '-f', 'pipelines/training-pipeline-r.yml', '--wait'];

describe.skipIf(!isThere)(titleOf('training in R', isThere, 'Rscript'), () => {
  test('leaves a model, and evaluates nothing', async () => {
    const { json: job, stderr } = await workspace.call(...pipeline);
    expect(job, stderr).toMatchObject({ status: 'Completed', steps: [{ name: 'train' }] });
    const log = await workspace.log(job.id, 'train');
    expect(log).toContain('Using R ');
    // The model of this table, as every book on R prints it.
    expect(log).toMatch(/-87\.52\s+3\.45/);
    expect(log).toMatch(/model\.rds/);
  });
});

describe.skipIf(isThere)(titleOf('training without R', !isThere, 'reason to: it has R'), () => {
  test('says plainly what is missing', async () => {
    const { json: job } = await workspace.call(...pipeline);
    expect(job.status).toBe('Failed');
    expect(job.error.message).toContain("there is no 'Rscript' in the PATH");
  });
});
