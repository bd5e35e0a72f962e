// Waits for an API that a check of an environment names to answer well. It is asked with a service
// connection that the build's pipeline may use; a server that starts again asks anew.
import { setTimeout as delay } from 'node:timers/promises';
import {
  askRestApi,
  type CheckStage,
  LocalServerTasks,
  TaskFailure,
} from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import type { BuildSurroundings } from '../run/build-surroundings.ts';
import { type Asked, approved, type GateAnswer, refused } from './gate-answer.ts';

const minuteMs = 60_000;

export async function answerOfApi(
  { environment, check }: Asked,
  { stage }: CheckStage,
  around: BuildSurroundings,
  signal: AbortSignal,
): Promise<GateAnswer> {
  if (check.type !== 'invokeRestApi') return approved;
  const { now } = around.store;
  const end = now() + check.timeoutMinutes * minuteMs;
  const host = hostOf(stage.id, around);
  while (!signal.aborted) {
    const reason = await askRestApi(check, host, signal);
    if (reason === null) return approved;
    const why = `the check of '${environment}' with the service connection '${check.connection}': ${reason}`;
    if (signal.aborted) break;
    if (check.retryMinutes === 0) return refused('rejected', why);
    if (now() + check.retryMinutes * minuteMs >= end) return refused('timedOut', why);
    const wait = delay(check.retryMinutes * minuteMs, undefined, { signal, ref: false });
    await wait.catch(() => {});
  }
  return refused('aborted', '');
}

function hostOf(stage: string, { assets, build }: BuildSurroundings): LocalServerTasks {
  const nobody = () => Promise.reject(new Error('a check of an API asks no person'));
  return new LocalServerTasks(stage, nobody, (name) =>
    assets.serviceConnection(name, build.pipeline_name).catch((error: unknown) => {
      throw error instanceof DeliveryError
        ? new TaskFailure(error.message, { cause: error })
        : error;
    }),
  );
}
