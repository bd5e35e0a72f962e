// Starts a worker of the search with Node's compile cache on: without, each worker would spend half a
// second on reading and compiling the learners, which a search of ten seconds has not got.
import { homedir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

const workerFile = new URL('./worker.ts', import.meta.url);

export function startWorker(): Worker {
  return new Worker(workerFile, { env: { NODE_COMPILE_CACHE: cacheFolder(), ...process.env } });
}

/** Of this user alone: a folder that others could write to could hold their code. */
function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  return path.join(caches, 'ridgeline', 'compile-cache');
}
