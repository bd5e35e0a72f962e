// The server as an agent talks to it, by the agent's own credential. Every call can be made again:
// twice is as once. A call is one try; when to try again, the agent knows.
import { fileBody, saveBody } from '../http/files.ts';
import { HttpClient } from '../http/http-client.ts';
import { systemClock } from '../http/retry.ts';
import { encodeFilePath, pathOf, queryOf } from '../http/url-path.ts';
import type {
  AgentCallAnswer,
  AgentFacts,
  AgentJobEnd,
  AgentPoll,
  AgentPollAnswer,
  AgentReport,
  OpenedAgentSession,
} from '../wire/agent.ts';

export interface AgentFile {
  /** From the transfer's folder, with `/`. */
  readonly path: string;
  readonly isExecutable: boolean;
}

export class AgentConnection {
  readonly #http: HttpClient;

  /** @throws ApiError SERVER_URL_INVALID */
  constructor(url: string, credential: string) {
    this.#http = new HttpClient({ url, token: credential, retryForMs: 0, clock: systemClock });
  }

  get url(): string {
    return this.#http.url;
  }

  async open(session: string, facts: AgentFacts): Promise<OpenedAgentSession> {
    const path = agentPath('session');
    return this.#http.json({ method: 'POST', path, json: { session, ...facts } });
  }

  /** Waits on the server until there is news. */
  async poll(poll: AgentPoll, signal: AbortSignal): Promise<AgentPollAnswer> {
    return this.#http.json({ method: 'POST', path: agentPath('poll'), json: poll, signal });
  }

  async leave(session: string): Promise<void> {
    await this.#http.json({ method: 'POST', path: agentPath('leave'), json: { session } });
  }

  async report(lease: string, report: AgentReport): Promise<void> {
    const path = agentPath('leases', lease, 'report');
    await this.#http.json({ method: 'POST', path, json: report });
  }

  /** `id`: a UUID of the call; the same one gets the same answer. */
  async call(lease: string, id: string, call: object): Promise<AgentCallAnswer> {
    const path = agentPath('leases', lease, 'calls', id);
    return this.#http.json({ method: 'PUT', path, json: call });
  }

  async end(lease: string, end: AgentJobEnd): Promise<void> {
    await this.#http.json({ method: 'PUT', path: agentPath('leases', lease, 'end'), json: end });
  }

  async sendFile(lease: string, transfer: string, file: AgentFile, localPath: string) {
    const query = queryOf({ executable: file.isExecutable ? 'true' : undefined });
    const path = `${filePath(lease, transfer, file.path)}${query}`;
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#http.json({ method: 'PUT', path, headers, body: () => fileBody(localPath) });
  }

  /** What stands at `localPath` is replaced when the whole has arrived. */
  async saveFile(lease: string, transfer: string, file: string, localPath: string): Promise<void> {
    const path = filePath(lease, transfer, file);
    await this.#http.send({ method: 'GET', path }, (response) => saveBody(response, localPath));
  }
}

function agentPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'agent', ...segments);
}

function filePath(lease: string, transfer: string, file: string): string {
  return `${agentPath('leases', lease, 'transfers', transfer, 'files')}/${encodeFilePath(file)}`;
}
