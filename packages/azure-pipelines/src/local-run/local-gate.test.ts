// The gate of a run on this machine: who sits before the terminal, and the locks of the run's folder.
import { describe, expect, test } from 'vitest';
import { checkStage } from '../check/check-stage.fixture.ts';
import type { EnvironmentCheck } from '../check/environment-check.ts';
import type { LockAnswer } from '../check/gate-host.ts';
import { passGate } from '../check/pass-gate.ts';
import type { CheckStage } from '../orchestrate/action.ts';
import { type GateSurroundings, localGate } from './local-gate.ts';

const approval = {
  type: 'approval',
  approvers: ['ada'],
  minimumApprovers: 2,
  allowSelfApproval: true,
  instructions: 'Look first',
  timeoutMinutes: 60,
} as const;

interface How extends Partial<GateSurroundings> {
  readonly signal?: AbortSignal;
}

/** What happened, in its order, and what came of it. */
async function pass(
  checks: readonly EnvironmentCheck[] | undefined,
  how: How = {},
  changes: Partial<CheckStage> = {},
) {
  const seen: string[] = [];
  const known = checks && { name: 'production', checks, resources: [] };
  const action = checkStage(changes);
  const gate = localGate(action, {
    environments: new Map(known && [['production', known]]),
    branch: 'refs/heads/main',
    definitionName: 'Release',
    ask: async ({ about, instructions, approvers }) => {
      seen.push(`ask ${[about, instructions, approvers].join()}`);
      return { isApproved: true, by: 'ada' };
    },
    locks: {
      take: async ({ names, stage, behavior }, _signal, waits): Promise<LockAnswer> => {
        waits(7);
        seen.push(`lock ${names} ${stage} ${behavior}`);
        return 'held';
      },
    },
    note: (text) => seen.push(text),
    ...how,
  });
  const answer = await passGate(action, gate, how.signal ?? new AbortController().signal);
  return { ...answer, seen };
}

describe('an environment', () => {
  test('that nothing is known of asks for a yes', async () => {
    const { seen } = await pass(undefined);
    const approved = "the deployment to 'Production' was approved by ada";
    expect(seen).toEqual(['ask Production,,', approved]);
  });

  test('that is known to have no checks asks for nothing', async () => {
    expect(await pass([])).toEqual({ answer: 'approved', reason: '', locks: [], seen: [] });
  });

  test('that names several people asks who sits here, once', async () => {
    const { answer, seen } = await pass([approval]);
    expect(answer).toBe('approved');
    expect(seen[0]).toBe('ask Production,Look first,ada');
  });

  test('with a lock tells which run has it', async () => {
    const { seen } = await pass([{ type: 'exclusiveLock', timeoutMinutes: 60 }]);
    expect(seen).toEqual([
      "stage 'Prod' waits for the lock of environment Production, which run 7 has",
      'lock environment Production Prod runLatest',
    ]);
  });
});

describe('a stage', () => {
  test('with a lockBehavior of its own takes the lock of its name in the pipeline', async () => {
    const own = { hasOwnLock: true, lockBehavior: 'sequential', environments: [] } as const;
    const { seen } = await pass([], {}, own);
    expect(seen.at(-1)).toBe('lock stage Prod of Release Prod sequential');
  });

  test('is asked about no more once its run is canceled', async () => {
    const cancel = new AbortController();
    const ask: GateSurroundings['ask'] = async () => {
      cancel.abort();
      return { isApproved: false, by: 'the end of the run' };
    };
    const answer = await pass([approval], { ask, signal: cancel.signal });
    expect(answer).toMatchObject({ answer: 'aborted', reason: '' });
  });

  test('that somebody holds back says who', async () => {
    const ask = async () => ({ isApproved: false, by: 'ada' });
    const { answer, reason } = await pass([approval], { ask });
    expect([answer, reason]).toEqual([
      'rejected',
      "the deployment to 'Production' was rejected by ada",
    ]);
  });
});
