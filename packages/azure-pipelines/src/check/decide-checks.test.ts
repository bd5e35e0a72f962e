import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, nextLook } from './business-hours.ts';
import { type CheckFacts, decideChecks } from './decide-checks.ts';
import { type ApprovalCheck, type BusinessHours, businessDays } from './environment-check.ts';

const minuteMs = 60_000;
const monday = Date.parse('2026-03-02T10:00:00Z');
const facts: CheckFacts = { branch: 'refs/heads/main', now: monday, askedAt: monday, answers: [] };
const approval: ApprovalCheck = {
  type: 'approval',
  approvers: ['ada', 'grace'],
  minimumApprovers: 2,
  allowSelfApproval: true,
  instructions: '',
  timeoutMinutes: 60,
};
const hours: BusinessHours = {
  type: 'businessHours',
  timeZone: 'Europe/Berlin',
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
  start: '09:00',
  end: '17:00',
  timeoutMinutes: 10_000,
};
const branches = {
  type: 'branchControl',
  allowedBranches: ['main', 'refs/heads/releases/*'],
} as const;
const lock = { type: 'exclusiveLock', timeoutMinutes: 60 } as const;
const approvedBy = (...names: readonly string[]) =>
  names.map((by) => ({ by, decision: 'approved' }) as const);

describe('the checks of an environment', () => {
  test('that has none let everything pass', () => {
    expect(decideChecks([], facts)).toEqual({ status: 'passed', needsLock: false });
    expect(decideChecks([lock], facts)).toEqual({ status: 'passed', needsLock: true });
  });

  test.each([
    ['refs/heads/main', 'passed'],
    ['refs/heads/releases/1/2', 'passed'],
    ['refs/heads/feature', 'rejected'],
    ['refs/tags/main', 'rejected'],
    ['refs/heads/MAIN', 'rejected'],
  ])('branch control: %s is %s', (branch, status) => {
    expect(decideChecks([branches], { ...facts, branch })).toMatchObject({ status });
  });

  test('nobody is asked for a branch that may not be deployed (row 29: the order)', () => {
    const outlook = decideChecks([approval, hours, branches], { ...facts, branch: 'refs/heads/x' });
    expect(outlook).toMatchObject({
      reason: expect.stringContaining('main, refs/heads/releases/*'),
    });
  });

  test('an approval waits for as many people as it names, each counted once', () => {
    expect(decideChecks([approval], facts)).toEqual({
      status: 'waiting',
      waitsFor: ['approval by ada, grace (0 of 2)'],
      approvals: [approval],
      lookAgainAt: monday + 60 * minuteMs,
    });
    const twice = decideChecks([approval], { ...facts, answers: approvedBy('ada', 'ada') });
    expect(twice).toMatchObject({ waitsFor: ['approval by ada, grace (1 of 2)'] });
    const both = { ...facts, answers: approvedBy('ada', 'grace') };
    expect(decideChecks([approval, lock], both)).toEqual({ status: 'passed', needsLock: true });
  });

  test('one who rejects is enough', () => {
    const answers = [...approvedBy('ada', 'grace'), { by: 'alan', decision: 'rejected' } as const];
    expect(decideChecks([approval], { ...facts, answers })).toEqual({
      status: 'rejected',
      reason: 'alan has rejected it',
    });
  });

  test('an approval that nobody gives in time rejects', () => {
    const late = { ...facts, now: monday + 60 * minuteMs };
    expect(decideChecks([approval], late)).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('is over'),
    });
  });

  test('an approval at night deploys in the morning', () => {
    const night = {
      ...facts,
      now: Date.parse('2026-03-02T23:00:00Z'),
      answers: approvedBy('ada', 'grace'),
    };
    const outlook = decideChecks([{ ...approval, timeoutMinutes: 9_000 }, hours], night);
    expect(outlook).toMatchObject({
      status: 'waiting',
      approvals: [],
      waitsFor: [/09:00 to 17:00/],
    });
    const morning = { ...night, now: Date.parse('2026-03-03T08:00:00Z') };
    expect(decideChecks([approval, hours], morning)).toMatchObject({ status: 'passed' });
  });
});

describe('business hours', () => {
  test.each([
    ['2026-03-02T07:59:00Z', false],
    ['2026-03-02T08:00:00Z', true],
    ['2026-03-02T15:59:59Z', true],
    ['2026-03-02T16:00:00Z', false],
    ['2026-03-01T10:00:00Z', false],
    // Summer time has begun.
    ['2026-03-30T07:00:00Z', true],
    ['2026-03-30T15:00:00Z', false],
  ])('at %s: %s', (time, expected) => {
    expect(isOpen(hours, Date.parse(time))).toBe(expected);
  });

  test.each([
    ['2026-03-06T23:00:00Z', true],
    ['2026-03-07T03:59:00Z', true],
    ['2026-03-07T04:00:00Z', false],
    ['2026-03-07T23:00:00Z', false],
  ])('over midnight, at %s: %s', (time, expected) => {
    const night = { ...hours, timeZone: 'UTC', start: '22:00', end: '04:00' };
    expect(isOpen(night, Date.parse(time))).toBe(expected);
  });

  test('to look whenever told finds the doors open in the minute in which they open', () => {
    const time = fc
      .integer({ min: 0, max: 24 * 60 - 1 })
      .map((minute) =>
        [minute / 60, minute % 60]
          .map((part) => String(Math.floor(part)).padStart(2, '0'))
          .join(':'),
      );
    const anyHours = fc.record({
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
      days: fc.uniqueArray(fc.constantFrom(...businessDays), { minLength: 1 }),
      start: time,
      end: time,
    });
    const from = fc
      .integer({ min: 0, max: 366 * 24 * 60 })
      .map((minute) => monday + minute * minuteMs);
    const property = fc.property(anyHours, from, (some, start) => {
      const check = { ...hours, ...some };
      fc.pre(check.start !== check.end && !isOpen(check, start));
      const next = nextLook(check, start);
      expect(next).toBeGreaterThan(start);
      for (let now = start; now < next; now += minuteMs) expect(isOpen(check, now)).toBe(false);
    });
    fc.assert(property, { numRuns: 200 });
  });
});
