// Sends what waits: each webhook's in order, several webhooks at once, again and again with growing
// pauses until it is taken. Nothing that is written waits for it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { postWebhook, type WebhookAnswer } from './post-webhook.ts';
import type { WebhookOutbox } from './webhook-outbox.ts';
import type { WebhookQueue } from './webhook-queue.ts';
import type { DeliveryRow, WebhookRow } from './webhook-tables.ts';

export interface SenderOptions {
  readonly queue: WebhookQueue;
  readonly outbox: WebhookOutbox;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly allowPrivate: boolean;
  /** Told of what could not be sent; never the body, and never a secret. */
  readonly onFailure: (details: WebhookFailure) => void;
  readonly timeoutMs?: number | undefined;
  readonly firstPauseMs?: number | undefined;
}

export interface WebhookFailure {
  readonly webhook: string;
  readonly reason: string;
}

const defaultTimeoutMs = 10_000;
const defaultPauseMs = 1_000;
const maxPauseMs = 10 * 60_000;
/** Another server may have written what is to be sent, and be gone. */
const lookAgainMs = 5_000;
const webhooksAtOnce = 8;

export class WebhookSender {
  readonly #options: SenderOptions;
  readonly #timeoutMs: number;
  readonly #stopping = new AbortController();
  #wake = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  start(): void {
    const stopListening = this.#options.outbox.onFilled(() => this.#wake.abort());
    this.#running ??= this.#run().finally(stopListening);
  }

  /** What is under way is cut off, and sent again at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      try {
        await this.#sendDue();
        await this.#pause();
      } catch (error) {
        this.#options.onFailure({ webhook: '', reason: reasonOf(error) });
        await this.#sleep(lookAgainMs);
      }
    }
  }

  async #pause(): Promise<void> {
    const next = (await this.#options.queue.nextAttempt()) ?? Number.POSITIVE_INFINITY;
    const untilNext = Math.max(next - this.#options.clock(), this.#options.firstPauseMs ?? 100);
    await this.#sleep(Math.min(untilNext, lookAgainMs));
  }

  async #sleep(ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#wake.signal, this.#stopping.signal]);
    await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
  }

  async #sendDue(): Promise<void> {
    const due = [...(await this.#options.queue.due(this.#options.clock()))];
    const worker = async (): Promise<void> => {
      for (let id = due.shift(); id !== undefined; id = due.shift()) await this.#workOff(id);
    };
    await Promise.all(Array.from({ length: webhooksAtOnce }, worker));
  }

  async #workOff(webhookId: string): Promise<void> {
    const { queue, clock } = this.#options;
    const given = await queue.prune(webhookId, clock());
    if (given > 0) this.#report(webhookId, `${given} events were given up: too old, or too many`);
    let goesOn = true;
    while (goesOn && !this.#stopping.signal.aborted) {
      const now = clock();
      // Twice the time of a request: a claim never ends while its request is under way.
      const hook = await queue.claim(webhookId, now, now + 2 * this.#timeoutMs);
      if (hook === null) return;
      try {
        goesOn = await this.#sendFirst(hook);
      } finally {
        await queue.release(webhookId);
      }
    }
  }

  /** @returns whether the next one may be sent. */
  async #sendFirst(hook: WebhookRow): Promise<boolean> {
    const { queue, clock } = this.#options;
    const row = await queue.first(hook.webhook_id);
    if (row === null || row.next_attempt_at > clock()) return false;
    const answer = await this.#post(hook, row);
    if (this.#stopping.signal.aborted && 'reason' in answer) return false;
    const problem = problemOf(answer);
    if (problem !== null) this.#report(hook.webhook_id, problem);
    if (isFinal(answer)) {
      await queue.done(row.delivery_id);
      return true;
    }
    await queue.postpone(row, clock() + this.#pauseAfter(row, answer));
    return false;
  }

  async #post(hook: WebhookRow, row: DeliveryRow): Promise<Outcome> {
    const { secrets, clock, allowPrivate } = this.#options;
    try {
      const secret = hook.secret_name === null ? undefined : await secrets.get(hook.secret_name);
      const { url } = hook;
      return await postWebhook(
        { url, secret, deliveryId: row.delivery_id, body: row.body, now: clock() },
        { timeoutMs: this.#timeoutMs, allowPrivate, signal: this.#stopping.signal },
      );
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  #pauseAfter({ attempts }: DeliveryRow, answer: Outcome): number {
    const first = this.#options.firstPauseMs ?? defaultPauseMs;
    const asked = 'reason' in answer ? 0 : answer.retryAfterMs;
    return Math.min(Math.max(first * 2 ** Math.min(attempts, 20), asked), maxPauseMs);
  }

  #report(webhook: string, reason: string): void {
    this.#options.onFailure({ webhook, reason });
  }
}

type Outcome = WebhookAnswer | { readonly reason: string };

function isFinal(answer: Outcome): boolean {
  if ('reason' in answer) return false;
  const { status } = answer;
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 429);
}

function problemOf(answer: Outcome): string | null {
  if ('reason' in answer) return answer.reason;
  const isTaken = answer.status >= 200 && answer.status < 300;
  return isTaken ? null : `it answered ${answer.status}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
