// Gives a script a `console` whose every line goes to our stdout with the id of its request.

import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { currentRequestId } from '../handler/request-context.ts';
import type { ScoringLog } from './log.ts';

/** Replaces the process's global console; only the process entry does that, never a library call. */
export function installScriptConsole(log: ScoringLog): void {
  globalThis.console = createScriptConsole(log);
}

export function createScriptConsole(log: ScoringLog): Console {
  const stream = new Writable({
    decodeStrings: false,
    // Called in the turn of the print itself, so the request is still known.
    write: (text: string | Buffer, _encoding, done) => {
      log.info(currentRequestId(), text.toString().replace(/\n$/, ''));
      done();
    },
  });
  return new Console({ stdout: stream, stderr: stream });
}
