// The checks of environments in front of a stage: a person and a clock that the test moves.
import { describe, expect, test } from 'vitest';
import type { EnvironmentCheck } from '../check/environment-check.ts';
import type { CheckStage } from '../orchestrate/action.ts';
import type { Stage } from '../pipeline/pipeline.ts';
import { passChecks } from './pass-checks.ts';
import type { CheckSurroundings } from './passage.ts';
import type { LockAnswer } from './stage-locks.ts';

const lock = { type: 'exclusiveLock', timeoutMinutes: 60 } as const;
const branches = { type: 'branchControl', allowedBranches: ['main', 'releases/*'] } as const;
const approval = {
  type: 'approval',
  approvers: ['ada'],
  minimumApprovers: 1,
  allowSelfApproval: true,
  instructions: 'Look first',
  timeoutMinutes: 60,
} as const;
const hours = {
  type: 'businessHours',
  timeZone: 'UTC',
  days: ['Mon'],
  start: '09:00',
  end: '17:00',
  timeoutMinutes: 2_000,
} as const;
const mondayNoon = Date.parse('2026-03-02T12:00:00Z');
const mondayNight = Date.parse('2026-03-02T01:00:00Z');

interface How extends Partial<CheckSurroundings> {
  readonly start?: number;
  /** What the person says. */
  readonly says?: boolean;
  readonly signal?: AbortSignal;
}

/** What happened, in its order, and what came of it. */
async function pass(
  checks: readonly EnvironmentCheck[] | undefined,
  how: How = {},
  action: Partial<CheckStage> = {},
) {
  const { start = mondayNoon, says = true } = how;
  const seen: string[] = [];
  const time = { now: start };
  const known = checks && { name: 'production', checks, resources: [] };
  const passage = await passChecks(
    {
      kind: 'checkStage',
      stage: { id: 'Prod' } as Stage,
      attempt: 1,
      lockBehavior: 'runLatest',
      hasOwnLock: false,
      environments: ['Production'],
      ...action,
    },
    {
      environments: new Map(known && [['production', known]]),
      branch: 'refs/heads/main',
      definitionName: 'Release',
      ask: async ({ about }) => {
        seen.push(`ask ${about}`);
        return { isApproved: says, by: 'ada' };
      },
      locks: {
        take: async ({ names, behavior }): Promise<LockAnswer> => {
          seen.push(`lock ${names} ${behavior}`);
          return 'held';
        },
      },
      note: () => {},
      clock: {
        now: () => time.now,
        sleep: async (milliseconds) => {
          if (!seen.includes('wait')) seen.push('wait');
          time.now += milliseconds;
        },
      },
      ...how,
    },
    how.signal ?? new AbortController().signal,
  );
  return { ...passage, seen };
}

describe('row 14.29: the order of checks', () => {
  const all = [lock, hours, approval, branches];

  test('is the branch, then people and business hours, then the lock', async () => {
    const { answer, seen } = await pass(all, { start: mondayNight });
    expect(answer).toBe('approved');
    expect(new Set(seen.slice(0, 2))).toEqual(new Set(['ask Production', 'wait']));
    expect(seen.slice(2)).toEqual(['lock environment Production runLatest']);
  });

  test('nobody is asked for a branch that may not be deployed', async () => {
    const { answer, reason, seen } = await pass(all, { branch: 'refs/heads/x' });
    expect([answer, seen]).toEqual(['rejected', []]);
    expect(reason).toContain('main, releases/*');
  });

  test('a no takes no lock, and ends the wait for the doors to open', async () => {
    const { answer, seen } = await pass(all, { start: mondayNight, says: false });
    expect(answer).toBe('rejected');
    expect(seen).not.toContain('lock environment Production runLatest');
  });
});

describe('an environment', () => {
  test('that nothing is known of asks for a yes', async () => {
    expect((await pass(undefined)).seen).toEqual(['ask Production']);
  });

  test('that is known to have no checks asks for nothing', async () => {
    expect(await pass([])).toEqual({ answer: 'approved', reason: '', seen: [] });
  });

  test('whose business hours do not come in time leaves the stage out', async () => {
    const short = { ...hours, timeoutMinutes: 60 };
    const { answer, reason } = await pass([short], { start: mondayNight });
    expect(answer).toBe('timedOut');
    expect(reason).toBe('Production had no business hours in time');
  });
});

describe('a stage', () => {
  test('with a lockBehavior of its own takes a lock where no environment asks for one', async () => {
    const own = { hasOwnLock: true, lockBehavior: 'sequential', environments: [] } as const;
    const { seen } = await pass([], {}, own);
    expect(seen).toEqual(['lock stage Prod of Release sequential']);
  });

  test('is asked about no more once its run is canceled', async () => {
    const cancel = new AbortController();
    const ask: CheckSurroundings['ask'] = async () => {
      cancel.abort();
      return { isApproved: false, by: 'the end of the run' };
    };
    const passage = await pass([approval], { ask, signal: cancel.signal });
    expect(passage).toMatchObject({ answer: 'aborted', reason: '' });
  });

  test('that gives way to a later run says so', async () => {
    const locks = { take: async (): Promise<LockAnswer> => 'superseded' };
    const { answer, reason } = await pass([lock], { locks });
    expect([answer, reason]).toEqual(['superseded', expect.stringContaining('a later run')]);
  });
});
