// Jobs: submitted, watched, cancelled; and the logs of their steps.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { EventKind } from '../wire/event.ts';
import { isEnded, type Job, type JobQuery, type JobSubmission } from '../wire/job.ts';
import { EventsApi } from './events-api.ts';
import { type FollowOptions, followLog, type LogPiece } from './follow-log.ts';
import { type PollOptions, pollUntil } from './poll.ts';

export class JobsApi {
  readonly #http: HttpClient;
  readonly #events: EventsApi;

  constructor(http: HttpClient, events = new EventsApi(http)) {
    this.#http = http;
    this.#events = events;
  }

  /** @param via what the job says of where it came from; default `api`. */
  async submit(submission: JobSubmission, { via }: { via?: 'cli' } = {}): Promise<Job> {
    const headers: Record<string, string> = via === undefined ? {} : { 'x-ridgeline-client': via };
    return this.#http.json({ method: 'POST', path: jobPath(), json: submission, headers });
  }

  async get(id: string): Promise<Job> {
    return this.#http.json({ method: 'GET', path: jobPath(id) });
  }

  async list({ experimentName, status, limit }: JobQuery = {}): Promise<readonly Job[]> {
    const query = queryOf({ experimentName, status, limit });
    const answer = await this.#http.json<{ value: readonly Job[] }>({
      method: 'GET',
      path: `${jobPath()}${query}`,
    });
    return answer.value;
  }

  /** Asks for the end of a job; it ends as Canceled a little later. */
  async cancel(id: string, reason?: string): Promise<Job> {
    return this.#http.json({
      method: 'POST',
      path: jobPath(id, 'cancel'),
      json: { reason },
      repeatable: true,
    });
  }

  /** What a step has logged from `offset` on (bytes, default 0). */
  async log(id: string, step: string, offset = 0): Promise<LogPiece> {
    const path = `${jobPath(id, 'steps', step, 'log')}${queryOf({ offset })}`;
    return this.#http.send({ method: 'GET', path }, async (response) => {
      const bytes = await response.bytes();
      const told = response.headers.get('x-ridgeline-next-offset');
      return { bytes, nextOffset: told === null ? offset + bytes.length : Number(told) };
    });
  }

  /** The step's log as text, as it grows, until the step has ended. */
  followLog(id: string, step: string, options: FollowOptions = {}): AsyncGenerator<string> {
    const source = {
      waiting: { clock: this.#http.clock, watch: this.#watchOf(id, ['step', 'log']) },
      step,
      getJob: () => this.get(id),
      readFrom: (offset: number) => this.log(id, step, offset),
    };
    return followLog(source, options);
  }

  /**
   * Waits for the end of a job and gives it, however it ended.
   * @throws ApiError WAIT_TIMEOUT
   */
  async wait(id: string, options: PollOptions<Job> = {}): Promise<Job> {
    return pollUntil(this.#http.clock, {
      what: `job ${id}`,
      ask: () => this.get(id),
      isDone: (job) => isEnded(job.status),
      watch: this.#watchOf(id, ['job']),
      ...options,
    });
  }

  /** The job as it is, and again each time that it or one of its steps has changed, to its end. */
  async *watch(
    id: string,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Job> {
    using watch = this.#watchOf(id, ['job', 'step'])(signal);
    for (;;) {
      const job = await this.get(id);
      yield job;
      if (isEnded(job.status)) return;
      await watch.changed();
    }
  }

  #watchOf(job: string, kinds: readonly EventKind[]) {
    return (signal: AbortSignal | undefined) => this.#events.watch({ job, kinds }, { signal });
  }
}

function jobPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'jobs', ...segments);
}
