// The checks of environments in front of a stage: people, an API and a clock that the test moves.
import { describe, expect, test } from 'vitest';
import type { CheckStage } from '../orchestrate/action.ts';
import type { ServerResponse, ServerTaskHost } from '../task/server/server-task.ts';
import { checkStage } from './check-stage.fixture.ts';
import type { EnvironmentCheck } from './environment-check.ts';
import type { GateHost, LockAnswer, PeopleAnswer } from './gate-host.ts';
import { passGate } from './pass-gate.ts';

const lock = { type: 'exclusiveLock', timeoutMinutes: 60 } as const;
const branches = { type: 'branchControl', allowedBranches: ['main', 'releases/*'] } as const;
const template = { type: 'requiredTemplate', requiredTemplates: ['base.yml@policies'] } as const;
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
const api = {
  type: 'invokeRestApi',
  connection: 'board',
  method: 'GET',
  urlSuffix: '/release',
  headers: '{}',
  body: '',
  successCriteria: '',
  retryMinutes: 5,
  timeoutMinutes: 12,
} as const;
const mondayNoon = Date.parse('2026-03-02T12:00:00Z');
const mondayNight = Date.parse('2026-03-02T01:00:00Z');

interface How extends Partial<GateHost> {
  readonly start?: number;
  readonly says?: PeopleAnswer['state'];
  readonly lock?: LockAnswer;
  readonly signal?: AbortSignal;
}

/** What happened, in its order, and what came of it. */
async function pass(
  checks: readonly EnvironmentCheck[],
  how: How = {},
  changes: Partial<CheckStage> = {},
) {
  const { start = mondayNoon, says = 'approved', lock: lockAnswer = 'held' } = how;
  const seen: string[] = [];
  const notes: string[] = [];
  const time = { now: start };
  const host: GateHost = {
    branch: 'refs/heads/main',
    ownLock: 'stage Prod of Release',
    checksOf: async () => checks,
    askPeople: async ({ environment }) => {
      seen.push(`ask ${environment}`);
      return { state: says, by: 'ada' };
    },
    takeLocks: async (names) => {
      seen.push(`lock ${names.join(', ')}`);
      return lockAnswer;
    },
    note: (text) => notes.push(text),
    clock: {
      now: () => time.now,
      sleep: async (milliseconds) => {
        if (!seen.includes('wait')) seen.push('wait');
        time.now += milliseconds;
      },
    },
    ...how,
  };
  const signal = how.signal ?? new AbortController().signal;
  const answer = await passGate(checkStage(changes), host, signal);
  return { ...answer, seen, notes, endedAt: time.now };
}

/** Answers one after the other, the last of them on and on. */
function answering(statuses: readonly number[]): ServerTaskHost {
  const left = [...statuses];
  const never = async () => Promise.reject(new Error('not of a check'));
  const request = async (): Promise<ServerResponse> => {
    const status = left.length > 1 ? left.shift() : left[0];
    return { status: status ?? 200, body: '' };
  };
  const url = 'https://board.example.org';
  const unlocked = { scheme: 'None', parameters: {}, data: {} };
  const serviceConnection = async (name: string) => ({
    ...unlocked,
    id: name,
    name,
    type: 'generic',
    url,
  });
  return { sleep: never, waitForPerson: never, request, serviceConnection };
}

describe('row 14.29: the order of checks', () => {
  const all = [lock, hours, approval, branches];

  test('is the branch, then people and business hours, then the lock', async () => {
    const { answer, seen, locks } = await pass(all, { start: mondayNight });
    expect(answer).toBe('approved');
    expect(new Set(seen.slice(0, 2))).toEqual(new Set(['ask Production', 'wait']));
    expect(seen.slice(2)).toEqual(['lock environment Production']);
    expect(locks).toEqual(['environment Production']);
  });

  test('nobody is asked for a branch that may not be deployed', async () => {
    const { answer, reason, seen } = await pass(all, { branch: 'refs/heads/x' });
    expect([answer, seen]).toEqual(['rejected', []]);
    expect(reason).toBe(
      "the deployment to 'Production' was rejected: refs/heads/x is not among the allowed branches: main, releases/*",
    );
  });

  test('a no takes no lock, and ends the wait for the doors to open', async () => {
    const { answer, reason, seen } = await pass(all, { start: mondayNight, says: 'rejected' });
    expect(answer).toBe('rejected');
    expect(reason).toBe("the deployment to 'Production' was rejected by ada");
    expect(seen).not.toContain('lock environment Production');
  });

  test('an approval at night deploys in the morning', async () => {
    const { answer, endedAt } = await pass([approval, hours], { start: mondayNight });
    expect([answer, endedAt]).toEqual(['approved', Date.parse('2026-03-02T09:00:00Z')]);
  });
});

describe('what holds at once', () => {
  test.each([
    ['refs/heads/main', 'approved'],
    ['refs/heads/releases/1/2', 'approved'],
    ['refs/heads/feature', 'rejected'],
    ['refs/tags/main', 'rejected'],
    ['refs/heads/MAIN', 'rejected'],
  ])('branch control: %s is %s', async (branch, answer) => {
    expect(await pass([branches], { branch })).toMatchObject({ answer });
  });

  test.each([
    ['policies', 'approved'],
    ['others', 'rejected'],
  ])('a template of the repository %s is %s', async (name, answer) => {
    const extended = {
      path: '/base.yml',
      isOwn: false,
      name,
      location: '',
      ref: 'refs/heads/main',
    };
    const extendedTemplate = async () => extended;
    expect(await pass([template], { extendedTemplate })).toMatchObject({ answer });
  });

  test('a pipeline that extends nothing is no better', async () => {
    const { reason } = await pass([template], { extendedTemplate: async () => undefined });
    expect(reason).toContain('extends no template; it has to extend base.yml@policies');
  });
});

describe('an API', () => {
  test('is asked again until it answers well', async () => {
    const { answer, seen } = await pass([api], { serverTasks: answering([503, 503, 200]) });
    expect([answer, seen]).toEqual(['approved', ['wait']]);
  });

  test.each([
    [0, 'rejected'],
    [5, 'timedOut'],
  ])('that does not, asked every %i minutes, is %s', async (retryMinutes, answer) => {
    const how = { serverTasks: answering([503]) };
    const found = await pass([{ ...api, retryMinutes }], how);
    expect(found).toMatchObject({ answer, reason: expect.stringMatching(/'board': .*503/) });
  });
});

describe('a host', () => {
  test('without the means for a check says that it does not make it', async () => {
    const { answer, notes } = await pass([api, template]);
    expect(answer).toBe('approved');
    expect(new Set(notes)).toEqual(
      new Set([
        "the check invokeRestApi of 'Production' is not made on this machine",
        "the check requiredTemplate of 'Production' is not made on this machine",
      ]),
    );
  });

  test.each([
    ['canceled', 'aborted', ''],
    ['timedOut', 'timedOut', "nobody has approved the deployment to 'Production' in time"],
  ] as const)('whose people are %s: the stage is %s', async (says, answer, reason) => {
    expect(await pass([approval, lock], { says })).toMatchObject({
      answer,
      reason,
      seen: ['ask Production'],
    });
  });
});

describe('a stage', () => {
  test('to an environment without checks asks for nothing', async () => {
    const nothing = { answer: 'approved', reason: '', locks: [], seen: [], notes: [] };
    expect(await pass([])).toMatchObject(nothing);
  });

  test('whose business hours do not come in time is left out', async () => {
    const short = { ...hours, timeoutMinutes: 60 };
    const { answer, reason } = await pass([short], { start: mondayNight });
    expect(answer).toBe('timedOut');
    expect(reason).toBe(
      "the deployment to 'Production' waited in vain for business hours, 09:00 to 17:00 UTC",
    );
  });

  test('with a lockBehavior of its own takes a lock where no environment asks for one', async () => {
    const { seen } = await pass([], {}, { hasOwnLock: true, environments: [] });
    expect(seen).toEqual(['lock stage Prod of Release']);
  });

  test('that gives way to a later run says so', async () => {
    const { answer, reason } = await pass([lock], { lock: 'superseded' });
    expect([answer, reason]).toEqual(['superseded', expect.stringContaining('a later run')]);
  });

  test('whose lock does not come in time says so; where the run ends it says nothing', async () => {
    const late = await pass([lock], { lock: 'aborted' });
    expect(late).toMatchObject({ answer: 'timedOut', reason: expect.stringContaining('lock') });
    const over = await pass([lock], { lock: 'aborted', signal: AbortSignal.abort() });
    expect(over).toMatchObject({ answer: 'aborted', reason: '' });
  });
});
