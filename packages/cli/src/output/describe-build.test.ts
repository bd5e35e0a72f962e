// A build as people read it: every level once, and what it waits for.
import type { Build } from '@ridgeline/client';
import { expect, test } from 'vitest';
import { describeBuild } from './describe-build.ts';

const time = '2026-03-02T00:00:00.000Z';

const build: Build = {
  id: '7',
  buildNumber: '20260302.1',
  title: '20260302.1 • a better model',
  pipelineId: '1',
  pipelineName: 'CI',
  status: 'inProgress',
  result: null,
  reason: 'IndividualCI',
  branch: 'refs/heads/main',
  commit: 'f6a4ffc036dd2d794b317fb1400626ebf4430355',
  commitMessage: 'a better model',
  requestedBy: 'trigger: push',
  tags: [],
  attempt: 1,
  queuedAt: time,
  startedAt: time,
  endedAt: time,
  parameters: {},
  variables: {},
  triggeredBy: null,
  stages: [
    {
      id: 'Prod',
      displayName: 'Prod',
      attempt: 1,
      phase: 'checking',
      result: null,
      dependsOn: [],
      trace: [],
      mistake: null,
      jobs: [],
    },
  ],
  issues: [{ type: 'warning', message: 'two\nlines' }],
  tests: [],
  coverage: [],
  approvals: [
    {
      id: '1',
      kind: 'stage',
      stage: 'Prod',
      attempt: 1,
      about: ['production'],
      instructions: 'look at the score\u001b[2J',
      approvers: ['ann'],
      minimum: 1,
      state: 'pending',
      decisions: [],
      askedAt: time,
      endedAt: null,
    },
  ],
};

test('shows what it is, where it stands, and whom it waits for', () => {
  const text = describeBuild(build);
  expect(text).toContain('build     7 (20260302.1)');
  expect(text).toMatch(/^Prod +waits for its checks/m);
  expect(text).toContain('warning  two');
  expect(text).toContain(
    "stage 'Prod' (production) waits for an approval of ann: look at the score",
  );
  expect(text).not.toContain('\u001b[2J');
});
