// A thread of a team: waits for sessions, and in a session for kernels to run.

import { parentPort, workerData } from 'node:worker_threads';
import type { KernelModule, LinearMemory } from '../kernels/web-assembly.ts';
import { kernelFunctions } from './kernel-functions.ts';
import { TeamControl } from './team-control.ts';

/** What the leader posts to open a session. */
export interface SessionMessage {
  readonly module: KernelModule;
  readonly memory: LinearMemory;
  /** Round of the control at which the session begins. */
  readonly round: number;
}

const { thread, size, buffer } = workerData as {
  readonly thread: number;
  readonly size: number;
  readonly buffer: SharedArrayBuffer;
};
const control = new TeamControl(size, buffer);

parentPort?.on('message', ({ module, memory, round }: SessionMessage) => {
  const { functions } = kernelFunctions(module, memory);
  let seen = round;
  for (let task = control.next(seen); task !== null; task = control.next(seen)) {
    seen++;
    let hasFailed = false;
    try {
      if (thread < task.listCount) {
        const result = functions[task.kernel](...control.argumentsOf(thread));
        control.setResult(thread, result ?? 0);
      }
    } catch {
      hasFailed = true;
    }
    control.finish(hasFailed);
  }
  control.finish(false);
});
parentPort?.postMessage('ready');
