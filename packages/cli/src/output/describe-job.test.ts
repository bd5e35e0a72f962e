import type { Job, JobStep, Verdict } from '@ridgeline/client';
import { expect, test } from 'vitest';
import { describeJob, describeStepLine, describeVerdict } from './describe-job.ts';

const verdict = (part: Partial<Verdict>): Verdict => ({
  outcome: 'registered',
  metric: 'mse',
  newValue: 3298.5,
  productionValue: 3300,
  model: { name: 'prices', version: '3' },
  reason: 'because',
  ...part,
});

test('the three outcomes are told apart, with both numbers where two were compared', () => {
  expect(describeVerdict(verdict({}))).toBe(
    'registered prices:3: new mse 3298.5, production mse 3300',
  );
  expect(describeVerdict(verdict({ outcome: 'not_better', newValue: 3301 }))).toBe(
    'not better prices:3: new mse 3301, production mse 3300',
  );
  const failed = verdict({ outcome: 'failed', metric: null, newValue: null, model: null });
  expect(describeVerdict(failed)).toBe('failed: because');
});

test('a first model has none to be compared with', () => {
  expect(describeVerdict(verdict({ productionValue: null }))).toBe(
    'registered prices:3: new mse 3298.5, production mse none',
  );
});

const step = (part: Partial<JobStep>): JobStep => ({
  name: 'train',
  displayName: 'Train Model',
  type: 'command',
  parent: null,
  compute: 'local',
  status: 'Completed',
  runId: 'r2',
  attempt: 1,
  exitCode: 0,
  retries: 0,
  retryAt: null,
  decision: null,
  reusedFrom: null,
  error: null,
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: '2026-11-22T10:00:01.000Z',
  ...part,
});

const job = (steps: readonly JobStep[]): Job => ({
  id: 'j2',
  type: 'pipeline',
  displayName: 'training',
  description: '',
  experimentName: 'e',
  experimentId: '1',
  status: 'Completed',
  inputs: {},
  tags: {},
  properties: {},
  submittedBy: 'ann',
  source: 'schedule:nightly',
  verdict: null,
  error: null,
  cancelReason: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: '2026-11-22T10:00:01.000Z',
  steps,
});

test('a step says why it has run, or whose result it has taken', () => {
  const reused = step({
    decision: 'reused because code, command, environment and inputs are those of run r1 of job j1',
    reusedFrom: { jobId: 'j1', runId: 'r1' },
  });
  const ran = step({ name: 'deploy', decision: 'ran because it is not deterministic' });
  const text = describeJob(job([reused, ran]));
  expect(text).toMatch(/train +Completed, reused/);
  expect(text).toContain('  train reused because code, command, environment and inputs');
  expect(text).toContain('  deploy ran because it is not deterministic');
  expect(text).toMatch(/submitted by +ann/);
  expect(text).toMatch(/source +schedule:nightly/);
  expect(describeStepLine(reused)).toContain('(reused from job j1)');
});

test('a step that waits to be tried again says so', () => {
  const waits = step({ status: 'Queued', endedAt: null, retryAt: '2026-11-22T10:00:10.000Z' });
  expect(describeStepLine(waits)).toContain('to be tried again at');
});

test('what a step has made stands below it', () => {
  const names = ['tune', 'report', 'tune.0', 'tune.1'];
  const steps = names.map((name) =>
    step({ name, parent: name.startsWith('tune.') ? 'tune' : null }),
  );
  const shown = describeJob(job(steps)).split('\n');
  const rows = shown.flatMap((line) => /^ *(?:tune|report)\S*/.exec(line)?.[0] ?? []);
  expect(rows).toEqual(['tune', '  tune.0', '  tune.1', 'report']);
});

test('a reason that many steps have is said once', () => {
  const decision = 'ran because nothing like it has run before';
  const many = Array.from({ length: 200 }, (_, index) => step({ name: `s${index}`, decision }));
  const text = describeJob(job([...many, step({ name: 'join', decision: 'ran because asked' })]));
  expect(text).toContain(`  200 steps ${decision} (s0 to s199)\n  join ran because asked`);
});

test('a step is called by the name that its log goes by', () => {
  expect(describeStepLine(step({}))).toMatch(/^ {2}train: /);
});
