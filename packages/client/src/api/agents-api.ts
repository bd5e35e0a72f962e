// Agents as people keep them: registered, watched, enabled and disabled.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { Agent, AgentChanges, NewAgent, RegisteredAgent } from '../wire/agent.ts';

export class AgentsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Its credential is told this once. */
  async create(agent: NewAgent): Promise<RegisteredAgent> {
    return this.#http.json({ method: 'POST', path: agentPath(), json: agent });
  }

  /** By name. */
  async list(): Promise<readonly Agent[]> {
    const request = { method: 'GET', path: agentPath() } as const;
    return (await this.#http.json<{ value: readonly Agent[] }>(request)).value;
  }

  async get(name: string): Promise<Agent> {
    return this.#http.json({ method: 'GET', path: agentPath(name) });
  }

  async update(name: string, changes: AgentChanges): Promise<Agent> {
    const path = agentPath(name);
    return this.#http.json({ method: 'PATCH', path, json: changes, repeatable: true });
  }

  /** `forgetPool`: of a pool's last agent; jobs that name it run on the server's machine again. */
  async delete(name: string, forgetPool = false): Promise<void> {
    const query = queryOf({ forgetPool: forgetPool ? 'true' : undefined });
    await this.#http.json({ method: 'DELETE', path: `${agentPath(name)}${query}` });
  }
}

function agentPath(...names: readonly string[]): string {
  return pathOf('api', 'v1', 'agents', ...names);
}
