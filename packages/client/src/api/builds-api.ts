// Builds: queued, watched, decided about; their logs and artifacts.

import { saveBody } from '../http/files.ts';
import type { HttpClient } from '../http/http-client.ts';
import { encodeFilePath, pathOf, queryOf } from '../http/url-path.ts';
import type {
  Build,
  BuildArtifact,
  BuildLog,
  BuildQuery,
  BuildSummary,
  NewBuild,
} from '../wire/build.ts';
import type { EventKind } from '../wire/event.ts';
import type { ChangeWatch } from './change-watch.ts';
import { EventsApi } from './events-api.ts';
import type { FollowOptions } from './follow-log.ts';
import { logPause } from './log-pause.ts';
import { type PollOptions, pollUntil } from './poll.ts';

export class BuildsApi {
  readonly #http: HttpClient;
  readonly #events: EventsApi;

  constructor(http: HttpClient, events = new EventsApi(http)) {
    this.#http = http;
    this.#events = events;
  }

  async queue(build: NewBuild): Promise<Build> {
    return this.#http.json({ method: 'POST', path: buildPath(), json: build });
  }

  async get(id: string): Promise<Build> {
    return this.#http.json({ method: 'GET', path: buildPath(id) });
  }

  /** The newest first. */
  async list(query: BuildQuery = {}): Promise<readonly BuildSummary[]> {
    const { pipeline, branch, status, result, tag, before, limit } = query;
    const words = queryOf({ pipeline, branch, status, result, tag, before, limit });
    return this.#listed(`${buildPath()}${words}`);
  }

  /** Asks for its end; jobs and steps with `always()` still run. */
  async cancel(id: string): Promise<Build> {
    return this.#http.json({ method: 'POST', path: buildPath(id, 'cancel'), repeatable: true });
  }

  /** `failed`: what has not succeeded, and what depends on it. */
  async rerun(id: string, scope: 'failed' | 'all' = 'failed'): Promise<Build> {
    return this.#http.json({ method: 'POST', path: buildPath(id, 'rerun'), json: { scope } });
  }

  /** Of a stage that waits for a person. */
  async approve(id: string, stage: string, comment?: string): Promise<Build> {
    return this.#decide(id, 'approve', stage, comment);
  }

  async reject(id: string, stage: string, comment?: string): Promise<Build> {
    return this.#decide(id, 'reject', stage, comment);
  }

  /** The final YAML that it was compiled to. */
  async yaml(id: string): Promise<string> {
    const request = { method: 'GET', path: buildPath(id, 'yaml') } as const;
    return this.#http.send(request, (response) => response.text());
  }

  /** Lines of a step's log from a number on, at most 10,000 at once. */
  async log(id: string, log: number, from = 0): Promise<BuildLog> {
    const path = `${buildPath(id, 'logs', String(log))}${queryOf({ from })}`;
    return this.#http.json({ method: 'GET', path });
  }

  /** The lines of a step's log as they come, to its end. */
  async *followLog(
    id: string,
    log: number,
    options: FollowOptions = {},
  ): AsyncGenerator<readonly string[]> {
    const waiting = { clock: this.#http.clock, watch: this.#watchOf(id, ['build', 'log']) };
    using pause = logPause(waiting, options);
    for (let from = 0; ; ) {
      options.signal?.throwIfAborted();
      const { lines, next, isComplete } = await this.log(id, log, from);
      if (lines.length > 0) yield lines;
      else if (isComplete) return;
      else await pause.wait();
      from = next;
    }
  }

  async artifacts(id: string): Promise<readonly BuildArtifact[]> {
    return this.#listed(buildPath(id, 'artifacts'));
  }

  /** Their paths, divided by `/`. */
  async artifactFiles(id: string, artifact: string): Promise<readonly string[]> {
    return this.#listed(buildPath(id, 'artifacts', artifact, 'files'));
  }

  /** What stands at `localPath` is replaced when the whole has arrived. */
  async downloadFile(id: string, artifact: string, file: string, localPath: string): Promise<void> {
    const folder = buildPath(id, 'artifacts', artifact, 'files');
    const path = `${folder}/${encodeFilePath(file)}`;
    await this.#http.send({ method: 'GET', path }, (response) => saveBody(response, localPath));
  }

  /**
   * Waits for the end of a build and gives it, however it ended.
   * @throws ApiError WAIT_TIMEOUT
   */
  async wait(id: string, options: PollOptions<Build> = {}): Promise<Build> {
    return pollUntil(this.#http.clock, {
      what: `build ${id}`,
      ask: () => this.get(id),
      isDone: ({ status }) => status === 'completed',
      watch: this.#watchOf(id, ['build']),
      ...options,
    });
  }

  /** Tells of changes to a build, and with `log` of lines in its logs. To be disposed of. */
  watch(id: string, kinds: ReadonlyArray<'build' | 'log'> = ['build']): ChangeWatch {
    return this.#watchOf(id, kinds)(undefined);
  }

  #watchOf(build: string, kinds: readonly EventKind[]) {
    return (signal: AbortSignal | undefined) => this.#events.watch({ build, kinds }, { signal });
  }

  async #decide(
    id: string,
    verb: 'approve' | 'reject',
    stage: string,
    comment: string | undefined,
  ): Promise<Build> {
    return this.#http.json({ method: 'POST', path: buildPath(id, verb), json: { stage, comment } });
  }

  async #listed<T>(path: string): Promise<readonly T[]> {
    const answer = await this.#http.json<{ value: readonly T[] }>({ method: 'GET', path });
    return answer.value;
  }
}

function buildPath(id?: string, ...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'builds', ...(id === undefined ? [] : [id]), ...segments);
}
