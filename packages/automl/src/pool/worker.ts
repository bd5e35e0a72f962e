// A worker of the search: fits one model at a time and judges nothing. Everything that it needs comes
// in messages; what goes wrong in a fit is an answer, and never the end of the worker.
import { parentPort } from 'node:worker_threads';
import { FoldDataCache } from './fold-data.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { runFit } from './run-fit.ts';

const port = parentPort;
if (port === null) throw new Error('this module runs in a worker only');

let start: ((task: Extract<ToWorker, { kind: 'fit' }>) => FromWorker) | null = null;

port.on('message', (message: ToWorker) => {
  if (message.kind === 'problem') {
    const cache = new FoldDataCache(message);
    start = (task) => runFit(message, cache, task);
    return;
  }
  const answer = attempt(message);
  const handedOver =
    answer.kind === 'fitted' ? [answer.predictions.buffer, answer.model.buffer] : [];
  port.postMessage(answer, handedOver as ArrayBuffer[]);
});
port.postMessage({ kind: 'ready' } satisfies FromWorker);

function attempt(task: Extract<ToWorker, { kind: 'fit' }>): FromWorker {
  try {
    if (start === null) throw new Error('a task came before the problem');
    return start(task);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', id: task.id, message };
  }
}
