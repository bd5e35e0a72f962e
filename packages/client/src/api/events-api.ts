// What happens in the workspace, read along.

import type { HttpClient } from '../http/http-client.ts';
import { backoffMs } from '../http/retry.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { ChangeEvent, EventQuery, WorkspaceEvent } from '../wire/event.ts';
import { ChangeWatch } from './change-watch.ts';
import { readConnection } from './event-connection.ts';

export interface EventOptions {
  readonly signal?: AbortSignal | undefined;
  /** After which a silent connection counts as lost; default 45,000. */
  readonly silenceMs?: number;
}

const defaultSilenceMs = 45_000;
const lastingMs = 5_000;

export class EventsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /**
   * What happens from now on, through lost connections; it ends where its reader or the signal ends it.
   * @throws ApiError where the server refuses, or is away for as long as calls are repeated
   */
  async *follow(
    query: EventQuery = {},
    { signal, silenceMs = defaultSilenceMs }: EventOptions = {},
  ): AsyncGenerator<WorkspaceEvent> {
    const ending = new AbortController();
    const either = AbortSignal.any([ending.signal, ...(signal === undefined ? [] : [signal])]);
    const { kinds, experiments, ...things } = query;
    const lists = { kinds: kinds?.join(','), experiments: experiments?.join(',') };
    const path = `${pathOf('api', 'v1', 'events')}${queryOf({ ...lists, ...things })}`;
    let lastId = '';
    try {
      for (let short = 0; ; short += 1) {
        const begunMs = this.#http.clock.now();
        const options = { path, lastId, signal: either, silenceMs };
        const connection = readConnection(this.#http, options);
        let each = await connection.next();
        for (; !each.done; each = await connection.next()) {
          lastId = each.value.id;
          yield read(each.value.event, each.value.data);
        }
        lastId = each.value;
        // Connections that are lost at once, again and again, are asked for ever less often.
        if (this.#http.clock.now() - begunMs > lastingMs) short = 0;
        await this.#http.clock.sleep(backoffMs(short, this.#http.clock.random()), either);
      }
    } finally {
      ending.abort();
    }
  }

  /** To wait for changes in between of reading what has changed. To be disposed of. */
  watch(
    query: EventQuery,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): ChangeWatch {
    const { clock } = this.#http;
    return new ChangeWatch(clock, (signal) => this.follow(query, { signal }), options.signal);
  }
}

function read(event: string, data: string): WorkspaceEvent {
  if (event === 'ready') return { kind: 'ready' };
  // The server's word for its shapes is taken, as everywhere.
  const parsed = JSON.parse(data) as ChangeEvent & { readonly reason: string };
  return event === 'reset' ? { kind: 'reset', reason: parsed.reason } : parsed;
}
