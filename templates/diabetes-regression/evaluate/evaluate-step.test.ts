import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MlflowModelVersion } from '@ridgeline/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testRuns, verdictOf } from '../shared/test-run.ts';
import { evaluateStep } from './evaluate-step.ts';
import { readReport } from './evaluation-report.ts';

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'evaluate-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

interface Setting {
  readonly newValue?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly runEvaluation?: string;
  readonly allowRunCancel?: string;
}

function version(tags: Readonly<Record<string, string>>): MlflowModelVersion {
  const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const place = { source: 'runs:/r/outputs/m', status: 'READY', creation_timestamp: 1 } as const;
  return { name: 'm', version: '4', tags: pairs, ...place };
}

async function evaluateWith(setting: Setting) {
  const { newValue, tags, runEvaluation = 'true', allowRunCancel = 'true' } = setting;
  const runs = testRuns();
  if (newValue !== undefined) await runs.pipelineRun.logMetric('mse', newValue);
  const latestVersion = vi.fn(async () => (tags === undefined ? null : version(tags)));
  const flags = {
    ...{ model_name: 'm', step_input: 'model', step_output: folder },
    ...{ run_evaluation: runEvaluation, allow_run_cancel: allowRunCancel },
  };
  const parameters = { metric: 'mse', direction: 'minimize' } as const;
  await evaluateStep(flags, { run: runs.run, models: { latestVersion }, parameters });
  const cancelled = runs.lines.find((line) => line.includes('cancel the job'));
  const verdict = await verdictOf(runs.run);
  return { ...runs, latestVersion, cancelled, verdict, report: await readReport(folder) };
}

describe('the evaluate step', () => {
  it('compares with the latest model of the name from the same experiment', async () => {
    const { latestVersion } = await evaluateWith({ newValue: 1 });
    expect(latestVersion).toHaveBeenCalledWith('m', { experiment_name: 'mlopspython' });
  });

  it('lets a better model pass, with both numbers for the register step', async () => {
    const { cancelled, verdict, report } = await evaluateWith({ newValue: 1, tags: { mse: '2' } });
    expect([cancelled, verdict]).toEqual([undefined, null]);
    expect(report).toMatchObject({ decision: 'better', newValue: 1, productionValue: 2 });
    expect(printed).toContain('Include evaluation step before register step.');
    expect(printed).toContain('Current Production model mse: 2, New trained model mse: 1');
  });

  it.each(['true', ' TRUE', 'True'])(
    'cancels when the model is not better and that is %j, the verdict first',
    async (allowRunCancel) => {
      const setting = { newValue: 2, tags: { mse: '2' }, allowRunCancel };
      const { verdict, lines, cancelled } = await evaluateWith(setting);
      expect(verdict).toMatchObject({
        ...{ outcome: 'not_better', metric: 'mse', newValue: 2, productionValue: 2 },
        model: { name: 'm', version: '4' },
      });
      expect(cancelled).toContain('Current Production model mse: 2, New trained model mse: 2');
      const order = lines.map((line) => /verdict|cancel/.exec(line)?.[0]).filter(Boolean);
      expect(order).toEqual(['verdict', 'cancel']);
    },
  );

  it('lets a worse model pass where the run may not be cancelled', async () => {
    const setting = { newValue: 3, tags: { mse: '2' }, allowRunCancel: 'false' };
    const { cancelled, verdict, report } = await evaluateWith(setting);
    expect([cancelled, verdict]).toEqual([undefined, null]);
    expect(report.decision).toBe('not_better');
    expect(report.reason).toMatch(/skipping model registration\. allow_run_cancel is not true/);
    expect(printed.at(-1)).toContain('goes on');
  });

  it('lets the first model pass', async () => {
    const { report, cancelled } = await evaluateWith({ newValue: 3 });
    expect(report).toMatchObject({ decision: 'first', productionValue: null });
    expect(cancelled).toBeUndefined();
  });

  it.each<Record<string, string>>([{}, { mse: '' }, { mse: 'good' }])(
    'finds no value in the tags %j',
    async (tags) => {
      const { report } = await evaluateWith({ newValue: 3, tags });
      expect(report).toMatchObject({ decision: 'not_comparable', productionValue: null });
    },
  );

  it('ends as failed, not as "not better", when there is no new metric', async () => {
    const { verdict, cancelled } = await evaluateWith({ tags: { mse: '2' } });
    expect(printed).toContain('Unable to find  mse  metrics, exiting evaluation');
    expect(verdict).toMatchObject({ outcome: 'failed', newValue: null, productionValue: 2 });
    expect(cancelled).toBeDefined();
  });

  it('asks nothing when it is switched off, and hands on the new value', async () => {
    const { latestVersion, report } = await evaluateWith({ newValue: 3, runEvaluation: 'false' });
    expect(printed).toEqual(['Exclude evaluation step and directly run register step.']);
    expect(latestVersion).not.toHaveBeenCalled();
    expect(report).toMatchObject({ decision: 'skipped', newValue: 3 });
  });
});
