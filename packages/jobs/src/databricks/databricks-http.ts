// Calls of a Databricks workspace's REST API: with its token, which stands in no message; repeated
// where that is safe and helps; refused answers as errors that say what to do.
import { setTimeout as delay } from 'node:timers/promises';

export interface DatabricksAccess {
  /** Such as `https://adb-1234.5.azuredatabricks.net`. */
  readonly workspaceUrl: string;
  /** Read at each call, so that a new token takes effect at once. */
  readonly token: () => Promise<string>;
  /** The first wait between two tries; it doubles. Default 1,000. */
  readonly retryDelayMs?: number;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  /** False where a repeated call would do its work twice. Default true. */
  readonly mayRepeat?: boolean;
}

/** `status`: null where no answer came at all. */
export class DatabricksError extends Error {
  readonly status: number | null;
  /** Databricks' own, such as RESOURCE_DOES_NOT_EXIST; empty where it gave none. */
  readonly errorCode: string;

  constructor(message: string, status: number | null, errorCode: string) {
    super(message);
    this.name = 'DatabricksError';
    this.status = status;
    this.errorCode = errorCode;
  }

  /** Whether the same call may succeed later. */
  get isTransient(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}

const tries = 5;
const timeoutMs = 60_000;
/** The largest answer is a step's output: 5 MB of it. */
const maxAnswerBytes = 32 * 1024 * 1024;

export class DatabricksHttp {
  readonly #access: DatabricksAccess;

  constructor(access: DatabricksAccess) {
    this.#access = access;
  }

  /** @throws DatabricksError */
  async call<Answer>(call: Call): Promise<Answer> {
    let waitMs = this.#access.retryDelayMs ?? 1_000;
    for (let left = call.mayRepeat === false ? 1 : tries; ; left -= 1) {
      try {
        return (await this.#once(call)) as Answer;
      } catch (error) {
        const isLast = left === 1 || !(error instanceof DatabricksError) || !error.isTransient;
        if (isLast) throw error;
      }
      await delay(waitMs);
      waitMs *= 2;
    }
  }

  async #once(call: Call): Promise<unknown> {
    const token = await this.#access.token();
    const { status, text } = await this.#send(call, token);
    const answer = asObject(text);
    if (status >= 200 && status < 300) return answer;
    throw refused(call, status, answer, token);
  }

  async #send({ method, path, body }: Call, token: string) {
    const url = new URL(path, this.#access.workspaceUrl);
    try {
      const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        // Elsewhere the token has no business.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await readText(response) };
    } catch (error) {
      if (error instanceof DatabricksError) throw error;
      const message = `${url.origin} does not answer ${method} ${url.pathname}: ${reasonOf(error)}`;
      throw new DatabricksError(masked(message, token), null, '');
    }
  }
}

async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > maxAnswerBytes) {
      throw new DatabricksError('Databricks sends an answer without end', 200, '');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function asObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // A proxy's page, or an empty answer.
    return {};
  }
}

function refused(
  { method, path }: Call,
  status: number,
  answer: Readonly<Record<string, unknown>>,
  token: string,
): DatabricksError {
  const errorCode = typeof answer.error_code === 'string' ? answer.error_code : '';
  const said = typeof answer.message === 'string' ? answer.message.slice(0, 1_000) : '';
  const words = [String(status), errorCode].filter((word) => word !== '').join(' ');
  const [route] = path.split('?');
  const message = `Databricks answers ${method} ${route} with ${words}${said === '' ? '' : `: ${said}`}`;
  return new DatabricksError(masked(message + adviceFor(status), token), status, errorCode);
}

function adviceFor(status: number): string {
  if (status === 401)
    return '; the token is not valid, or no longer: set the secret of the compute anew';
  if (status === 403) return '; give the owner of the token the right to use the cluster and DBFS';
  return '';
}

function masked(text: string, token: string): string {
  return token === '' ? text : text.replaceAll(token, '****');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
