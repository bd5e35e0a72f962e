// Whether a service connection may be saved: its mistakes all at once, then what the system that it
// signs in to says of it.
import type { Clock } from '@ridgeline/workspace';
import { DeliveryError } from '../../errors.ts';
import { connectionKind } from '../asset-kind.ts';
import { Mistakes } from '../mistakes.ts';
import { checkPermissions } from '../pipeline-permissions.ts';
import { SignInRefused } from './azure-token.ts';
import { checkConnection, type WholeConnection } from './check-connection.ts';
import type { StoredConnection } from './connection-store.ts';
import { Unreachable } from './probe.ts';
import type { NewServiceConnection, ServiceConnectionChanges } from './service-connection-info.ts';
import { type CheckOutcome, notChecked, tryConnection } from './try-connection.ts';

/** Only a change of these is tried anew: to let another pipeline use it, nobody is asked. */
const signIn = ['url', 'scheme', 'parameters', 'data'] as const;

export interface DatedOutcome extends CheckOutcome {
  readonly checkedAt: number;
}

/** @throws DeliveryError SERVICE_CONNECTION_INVALID with every mistake */
export function check(
  wanted: WholeConnection,
  changes: NewServiceConnection | ServiceConnectionChanges,
): void {
  const mistakes = new Mistakes();
  checkConnection(mistakes, wanted);
  checkPermissions(mistakes, changes);
  mistakes.throwIfAny(connectionKind.invalid);
}

/** @throws DeliveryError SERVICE_CONNECTION_CHECK_FAILED */
export async function outcomeOf(
  wanted: WholeConnection,
  skipCheck: boolean | undefined,
): Promise<CheckOutcome> {
  if (skipCheck === true) return notChecked('it was saved without a check');
  try {
    return await tryConnection(wanted);
  } catch (error) {
    if (!(error instanceof SignInRefused || error instanceof Unreachable)) throw error;
    const message = `the service connection '${wanted.name}' is not saved: ${error.message}. To save it all the same, skip the check.`;
    throw new DeliveryError('SERVICE_CONNECTION_CHECK_FAILED', message, { cause: error });
  }
}

/** @throws DeliveryError SERVICE_CONNECTION_CHECK_FAILED */
export async function outcomeAfter(
  { row }: StoredConnection,
  changed: WholeConnection,
  changes: ServiceConnectionChanges,
  clock: Clock,
): Promise<DatedOutcome> {
  if (signIn.some((part) => changes[part] !== undefined))
    return { ...(await outcomeOf(changed, changes.skipCheck)), checkedAt: clock() };
  const status = row.check_status as CheckOutcome['status'];
  return { status, message: row.check_message, checkedAt: row.checked_at };
}
