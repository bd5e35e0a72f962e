// Whether a stage may go on, by the checks of its environments in the order of Azure DevOps. First what
// holds at once: nobody is asked for a branch that may not be deployed. Then people, business hours and
// APIs side by side. Last the exclusive locks: to hold one while people think would keep others out.
import type { CheckStage } from '../orchestrate/action.ts';
import { timeoutOf } from './check-timeout.ts';
import { aborted, allOf, approved, type GateAnswer, refused } from './gate-answer.ts';
import type { AskedCheck, GateHost } from './gate-host.ts';
import { branchRefusal, templateRefusal } from './static-checks.ts';
import { unmade, waitForCheck } from './wait-for-check.ts';

/** @param signal makes the question void. */
export async function passGate(
  action: CheckStage,
  host: GateHost,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const asked = await checksOf(action, host);
  for (const one of asked) {
    const reason = await staticRefusal(one, host);
    if (reason === null) continue;
    return refused('rejected', `the deployment to '${one.environment}' was rejected: ${reason}`);
  }
  const waits = asked.map((one) => (over: AbortSignal) => waitForCheck(one, host, over));
  const answer = await allOf(waits, signal);
  return answer.answer === 'approved' ? takeLocks(action, asked, host, signal) : answer;
}

async function checksOf(
  { environments }: CheckStage,
  host: GateHost,
): Promise<readonly AskedCheck[]> {
  const lists = environments.map(async (environment) => {
    const checks = await host.checksOf(environment);
    return checks.map((check) => ({ environment, check }));
  });
  return (await Promise.all(lists)).flat();
}

async function staticRefusal(asked: AskedCheck, host: GateHost): Promise<string | null> {
  const { check } = asked;
  if (check.type === 'branchControl') return branchRefusal(check, host.branch);
  if (check.type !== 'requiredTemplate') return null;
  if (host.extendedTemplate !== undefined)
    return templateRefusal(check, await host.extendedTemplate());
  host.note(unmade(asked));
  return null;
}

async function takeLocks(
  { stage, hasOwnLock }: CheckStage,
  asked: readonly AskedCheck[],
  host: GateHost,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const locked = asked.flatMap(({ environment, check }) =>
    check.type === 'exclusiveLock' ? [{ name: `environment ${environment}`, check }] : [],
  );
  const own = hasOwnLock ? [host.ownLock] : [];
  const locks = [...new Set([...locked.map(({ name }) => name), ...own])];
  if (locks.length === 0) return approved;
  const timeouts = locked.map(({ check }) => timeoutOf(check));
  const answer = await host.takeLocks(locks, AbortSignal.any([signal, ...timeouts]));
  if (answer === 'held') return { ...approved, locks };
  if (answer === 'superseded')
    return refused(answer, `stage '${stage.id}' gives way to a later run at a lock`);
  if (signal.aborted) return aborted;
  return refused('timedOut', `stage '${stage.id}' did not get its exclusive lock in time`);
}
