// What server tasks need: a clock, HTTP, and whoever sits before the terminal.
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ManualDecision,
  ManualQuestion,
  ServerRequest,
  ServerResponse,
  ServerTaskHost,
} from '../task/server/server-task.ts';
import type { ServiceConnection } from '../task/service-connection.ts';
import type { Ask } from './local-run-listener.ts';

/** Longer answers say nothing that a pipeline could use. */
const maxBodyBytes = 4 * 1024 * 1024;

export class LocalServerTasks implements ServerTaskHost {
  readonly #stage: string;
  readonly #ask: Ask;
  readonly serviceConnection: (name: string) => Promise<ServiceConnection | undefined>;

  constructor(stage: string, ask: Ask, connection: ServerTaskHost['serviceConnection']) {
    this.#stage = stage;
    this.#ask = ask;
    this.serviceConnection = connection;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    await delay(milliseconds, undefined, { signal });
  }

  async request(request: ServerRequest, signal: AbortSignal): Promise<ServerResponse> {
    const { method, url, headers, body } = request;
    const response = await fetch(url, {
      method,
      headers,
      signal,
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: await readBody(response) };
  }

  async waitForPerson(question: ManualQuestion, signal: AbortSignal): Promise<ManualDecision> {
    const about = [question.instructions].filter((text) => text !== '');
    const { isApproved, by } = await this.#ask(
      { kind: 'manualValidation', stage: this.#stage, about },
      signal,
    );
    return { decision: isApproved ? 'resume' : 'reject', by };
  }
}

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) break;
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}
