// Reads a log that is still being written.

import type { Clock } from '../http/retry.ts';
import { isEnded, type Job } from '../wire/job.ts';

/** A piece of a step's log, and where the next one starts. */
export interface LogPiece {
  readonly bytes: Uint8Array;
  /** Offset in bytes from the log's start. */
  readonly nextOffset: number;
}

export interface FollowOptions {
  /** Bytes from the log's start; default 0. */
  readonly offset?: number;
  /** Between two questions; default 500. */
  readonly pollMs?: number;
  readonly signal?: AbortSignal;
}

export interface LogSource {
  readonly clock: Clock;
  readonly step: string;
  readonly getJob: () => Promise<Job>;
  readonly readFrom: (offset: number) => Promise<LogPiece>;
}

/** The text of a step's log as it grows, to its end; a repeated step's new log from its start. */
export async function* followLog(
  { clock, step, getJob, readFrom }: LogSource,
  { offset = 0, pollMs = 500, signal }: FollowOptions,
): AsyncGenerator<string> {
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
      await clock.sleep(pollMs, signal);
    }
  }
}

/** A step that the job does not show has no log, and ends with the job. */
function noStep({ status }: Job) {
  return { attempt: 0, status };
}
