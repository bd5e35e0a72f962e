import type { ApprovalCheck } from '@ridgeline/azure-pipelines';
import { describe, expect, test } from 'vitest';
import { refusalOf } from './approver.ts';

const approval: ApprovalCheck = {
  type: 'approval',
  approvers: ['ada', 'grace'],
  minimumApprovers: 2,
  allowSelfApproval: true,
  instructions: '',
  timeoutMinutes: 60,
};

describe('who may approve', () => {
  const ada = { kind: 'user', name: 'ada', role: 'Reader' } as const;

  test.each([
    ['who is named', ada, null],
    ['who is named, in other letters', { ...ada, name: 'ADA' }, null],
    [
      'who is not',
      { ...ada, name: 'alan', role: 'Owner' },
      'alan is none of the approvers: ada, grace',
    ],
    ['a token that calls itself so', { ...ada, kind: 'token' }, "sign in with 'ridgeline login'"],
    ['whom another issuer calls so', { ...ada, kind: 'external' }, 'none of the approvers'],
    ['a step', { kind: 'step', name: 'ada', role: null }, 'a person has to'],
  ] as const)('%s', (_who, approver, refusal) => {
    const found = refusalOf(approval, approver, 'ada');
    if (refusal === null) expect(found).toBeNull();
    else expect(found).toContain(refusal);
  });

  test('whoever contributes, where nobody is named', () => {
    const anybody = { ...approval, approvers: [] };
    expect(refusalOf(anybody, { ...ada, role: 'Contributor' }, 'ada')).toBeNull();
    expect(refusalOf(anybody, ada, 'ada')).toContain('it needs the role Contributor');
  });

  test('not who has queued the build, where the check says so', () => {
    const check = { ...approval, allowSelfApproval: false };
    expect(refusalOf(check, ada, 'Ada')).toContain('somebody else has to');
    expect(refusalOf(check, ada, 'grace')).toBeNull();
  });
});
