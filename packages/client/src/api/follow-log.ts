// Reads a log that is still being written.

import { isEnded, type Job } from '../wire/job.ts';
import type { ChangeWatch } from './change-watch.ts';
import { type LogWaiting, logPause } from './log-pause.ts';

/** A piece of a step's log, and where the next one starts. */
export interface LogPiece {
  readonly bytes: Uint8Array;
  /** Offset in bytes from the log's start. */
  readonly nextOffset: number;
}

export interface FollowOptions {
  /** Bytes from the log's start; default 0. */
  readonly offset?: number;
  /** Asks at this pace; default: when the server tells that there is more. */
  readonly pollMs?: number;
  /** What tells that there is more, where several logs are followed one after the other. */
  readonly watch?: Pick<ChangeWatch, 'changed'>;
  readonly signal?: AbortSignal;
}

export interface LogSource {
  readonly waiting: LogWaiting;
  readonly step: string;
  readonly getJob: () => Promise<Job>;
  readonly readFrom: (offset: number) => Promise<LogPiece>;
}

/** The text of a step's log as it grows, to its end; a repeated step's new log from its start. */
export async function* followLog(
  { waiting, step, getJob, readFrom }: LogSource,
  options: FollowOptions,
): AsyncGenerator<string> {
  const { offset = 0, signal } = options;
  using pause = logPause(waiting, options);
  let place = { attempt: 0, offset, decoder: new TextDecoder() };
  while (true) {
    signal?.throwIfAborted();
    // The state is asked before the log, so that the log of an ended step is read to its end.
    const job = await getJob();
    const { attempt, status } = job.steps.find(({ name }) => name === step) ?? noStep(job);
    if (place.attempt > 0 && attempt > place.attempt) {
      place = { attempt, offset: 0, decoder: new TextDecoder() };
    }
    place.attempt = attempt;
    const piece = attempt > 0 ? await readFrom(place.offset) : null;
    if (piece !== null && piece.bytes.length > 0) {
      place.offset = piece.nextOffset;
      yield place.decoder.decode(piece.bytes, { stream: true });
    } else if (isEnded(status)) {
      return;
    } else {
      await pause.wait();
    }
  }
}

/** A step that the job does not show has no log, and ends with the job. */
function noStep({ status }: Job) {
  return { attempt: 0, status };
}
