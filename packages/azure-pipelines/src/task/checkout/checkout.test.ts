import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withStep } from '../testing.fixture.ts';
import { checkout } from './checkout.ts';

describe('checkout', () => {
  it('puts the only repository into the sources folder', () =>
    withStep(async (step) => {
      await step.run(checkout);
      expect(step.checkouts[0]).toMatchObject({ repository: 'self', into: step.folders.sources });
      expect(step.log).toContain('HEAD is now at c0ffee');
    }));

  it('rows 15.30 and 14.21: two repositories get folders of their own names', () =>
    withStep(async (step) => {
      step.checkoutCount = 2;
      await step.run(checkout, { repository: 'self' });
      await step.run(checkout, { repository: 'tools' });
      const folders = step.checkouts.map((one) => one.into);
      const { sources } = step.folders;
      expect(folders).toEqual([join(sources, 'app'), join(sources, 'tools-repo')]);
    }));

  it('a path is relative to the workspace, and may not leave it', () =>
    withStep(async (step) => {
      await step.run(checkout, { path: 'other/place' });
      expect(step.checkouts[0]?.into).toBe(join(step.folders.workspace, 'other/place'));
      const { message } = await step.run(checkout, { path: '../../elsewhere' });
      expect(message).toContain("leaves the job's workspace");
    }));

  it('`none` brings nothing', () =>
    withStep(async (step) => {
      expect(await step.run(checkout, { repository: 'none' })).toEqual({ result: 'succeeded' });
      expect(step.checkouts).toEqual([]);
    }));

  it('says how deep and how much to fetch', () =>
    withStep(async (step) => {
      await step.run(checkout);
      expect(step.checkouts[0]?.options).toMatchObject({ fetchDepth: 1, clean: false });
      await step.run(checkout, {
        clean: 'True',
        fetchDepth: '0',
        submodules: 'recursive',
        lfs: 'true',
        sparseCheckoutDirectories: 'src docs',
      });
      expect(step.checkouts[1]?.options).toEqual({
        clean: true,
        fetchDepth: 0,
        fetchTags: false,
        lfs: true,
        submodules: 'recursive',
        persistCredentials: false,
        sparseDirectories: ['src', 'docs'],
        sparsePatterns: [],
      });
    }));
});
