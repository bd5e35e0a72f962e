// Schedules: what is started when the clock says so, or when something has happened.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { Firing, Schedule, ScheduleDetails, ScheduleSpec } from '../wire/schedule.ts';

export class SchedulesApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Refused where there is one of that name. */
  async create(name: string, spec: ScheduleSpec): Promise<ScheduleDetails> {
    return this.#http.json({ method: 'POST', path: schedulePath(), json: { name, ...spec } });
  }

  /** Makes a schedule, or replaces the one of that name. */
  async createOrUpdate(name: string, spec: ScheduleSpec): Promise<ScheduleDetails> {
    return this.#http.json({ method: 'PUT', path: schedulePath(name), json: spec });
  }

  async get(name: string): Promise<ScheduleDetails> {
    return this.#http.json({ method: 'GET', path: schedulePath(name) });
  }

  /** By name; `limit` 1 to 1,000, default 100. */
  async list(limit?: number): Promise<readonly Schedule[]> {
    return this.#listed<Schedule>(schedulePath(), limit);
  }

  /** The newest first; `limit` 1 to 1,000, default 100. */
  async firings(name: string, limit?: number): Promise<readonly Firing[]> {
    return this.#listed<Firing>(schedulePath(name, 'firings'), limit);
  }

  async enable(name: string): Promise<ScheduleDetails> {
    return this.#http.json({
      method: 'POST',
      path: schedulePath(name, 'enable'),
      repeatable: true,
    });
  }

  async disable(name: string): Promise<ScheduleDetails> {
    return this.#http.json({
      method: 'POST',
      path: schedulePath(name, 'disable'),
      repeatable: true,
    });
  }

  /** Fires now, whatever its trigger. */
  async trigger(name: string): Promise<Firing> {
    return this.#http.json({ method: 'POST', path: schedulePath(name, 'trigger') });
  }

  /** With its firings; its jobs stay. */
  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: schedulePath(name) });
  }

  async #listed<T>(path: string, limit: number | undefined): Promise<readonly T[]> {
    const query = queryOf({ limit });
    const { value } = await this.#http.json<{ value: readonly T[] }>({
      method: 'GET',
      path: `${path}${query}`,
    });
    return value;
  }
}

function schedulePath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'schedules', ...segments);
}
