// Ctrl-C cancels the work once, in order; a second one ends the command where it stands. So does
// whoever closes the terminal or stops to read.
import { printNote } from '../output/print.ts';

const interrupted = 130;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `endAtOnce`: what is left to do before the command ends in the midst of its work. */
export async function onCtrlC<T>(
  work: (signal: AbortSignal) => Promise<T>,
  endAtOnce: () => Promise<void>,
): Promise<T> {
  const cancel = new AbortController();
  const heed = () => {
    if (cancel.signal.aborted) void endAtOnce().finally(() => process.exit(interrupted));
    else tellCancel(cancel);
  };
  for (const signal of signals) process.on(signal, heed);
  whenUnread(() => cancel.abort());
  try {
    return await work(cancel.signal);
  } finally {
    for (const signal of signals) process.off(signal, heed);
  }
}

function tellCancel(cancel: AbortController): void {
  printNote('Canceling: steps that always run still do; Ctrl-C once more ends at once');
  cancel.abort();
}

let hearUnread: (() => void) | undefined;

/** For the rest of the process: what is printed after the work finds no reader either. */
function whenUnread(hear: () => void): void {
  if (hearUnread === undefined) process.stdout.on('error', heedUnread);
  hearUnread = hear;
}

function heedUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  hearUnread?.();
}
