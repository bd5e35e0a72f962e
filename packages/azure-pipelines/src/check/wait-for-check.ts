// The checks that take their time: people who say yes, doors that open, and APIs that answer well.
import { askRestApi } from './ask-rest-api.ts';
import { isOpen, nextLook } from './business-hours.ts';
import type { ApprovalCheck, BusinessHours, InvokeRestApi } from './environment-check.ts';
import { aborted, approved, type GateAnswer, refused } from './gate-answer.ts';
import type { AskedCheck, GateHost } from './gate-host.ts';

const minuteMs = 60_000;

export async function waitForCheck(
  { environment, check }: AskedCheck,
  host: GateHost,
  signal: AbortSignal,
): Promise<GateAnswer> {
  switch (check.type) {
    case 'approval':
      return approval({ environment, check }, host, signal);
    case 'businessHours':
      return hours({ environment, check }, host, signal);
    case 'invokeRestApi':
      return api({ environment, check }, host, signal);
    // The gate looks at what holds at once before, and takes the locks after.
    case 'branchControl':
    case 'requiredTemplate':
    case 'exclusiveLock':
      return approved;
  }
}

async function approval(
  asked: AskedCheck<ApprovalCheck>,
  host: GateHost,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const { state, by } = await host.askPeople(asked, signal);
  const deployment = `the deployment to '${asked.environment}'`;
  if (state === 'canceled') return aborted;
  if (state === 'timedOut') return refused(state, `nobody has approved ${deployment} in time`);
  if (state === 'rejected') return refused(state, `${deployment} was rejected by ${by}`);
  host.note(`${deployment} was approved by ${by}`);
  return approved;
}

/** Looked at anew each time: an approval at midnight deploys in the morning. */
async function hours(
  { environment, check }: AskedCheck<BusinessHours>,
  host: GateHost,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const { clock } = host;
  const deployment = `the deployment to '${environment}'`;
  const waitsFor = `business hours, ${check.start} to ${check.end} ${check.timeZone}`;
  const end = clock.now() + check.timeoutMinutes * minuteMs;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const now = clock.now();
    if (isOpen(check, now)) return approved;
    if (now >= end) return refused('timedOut', `${deployment} waited in vain for ${waitsFor}`);
    if (isFirst) host.note(`${deployment} waits for ${waitsFor}`);
    await clock.sleep(Math.min(end, nextLook(check, now)) - now, signal);
  }
  return aborted;
}

async function api(
  { environment, check }: AskedCheck<InvokeRestApi>,
  host: GateHost,
  signal: AbortSignal,
): Promise<GateAnswer> {
  const { clock, serverTasks } = host;
  if (serverTasks === undefined) {
    host.note(unmade({ environment, check }));
    return approved;
  }
  const end = clock.now() + check.timeoutMinutes * minuteMs;
  const waitMs = check.retryMinutes * minuteMs;
  while (!signal.aborted) {
    const reason = await askRestApi(check, serverTasks, signal);
    if (reason === null) return approved;
    if (signal.aborted) break;
    const why = `the check of '${environment}' with the service connection '${check.connection}': ${reason}`;
    if (waitMs === 0) return refused('rejected', why);
    if (clock.now() + waitMs >= end) return refused('timedOut', why);
    await clock.sleep(waitMs, signal);
  }
  return aborted;
}

export function unmade({ environment, check }: AskedCheck): string {
  return `the check ${check.type} of '${environment}' is not made on this machine`;
}
