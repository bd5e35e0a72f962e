// The webhooks of a workspace: whom it tells of changes to its models. Secrets are kept among the
// workspace's own; what happens is written down by the outbox, and sent by the sender.
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { Page, PageRequest } from '../search/page.ts';
import type { Secrets } from '../secrets/secrets.ts';
import {
  checkNewWebhook,
  checkWebhookChange,
  checkWebhookEvent,
  type NewWebhook,
} from './check-webhook.ts';
import { SigningSecrets } from './signing-secrets.ts';
import { tryWebhook, type WebhookTestResult } from './try-webhook.ts';
import { toWebhook, type Webhook } from './webhook.ts';
import type { WebhookEvent } from './webhook-events.ts';
import type { WebhookOutbox } from './webhook-outbox.ts';
import { WebhookQueue } from './webhook-queue.ts';
import {
  eventsOf,
  insertWebhook,
  putEvents,
  removeWebhook,
  webhookRow,
  webhookRows,
} from './webhook-rows.ts';
import { type WebhookFailure, WebhookSender } from './webhook-sender.ts';

export interface WebhooksOptions {
  readonly database: WorkspaceDatabase;
  readonly secrets: Secrets;
  readonly outbox: WebhookOutbox;
  readonly clock?: Clock;
  /** Whether it may send to addresses that are not of the public internet; default false. */
  readonly allowPrivate?: boolean | undefined;
}

export interface SendingOptions {
  readonly onFailure?: (details: WebhookFailure) => void;
  readonly timeoutMs?: number;
  readonly firstPauseMs?: number;
}

export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #database: WorkspaceDatabase;
  readonly #secrets: SigningSecrets;
  readonly #clock: Clock;
  readonly #allowPrivate: boolean;
  #sender: WebhookSender | null = null;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#database = options.database;
    this.#secrets = new SigningSecrets(options);
    this.#clock = options.clock ?? systemClock;
    this.#allowPrivate = options.allowPrivate ?? false;
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE, WEBHOOK_LIMIT_REACHED */
  async create(webhook: NewWebhook): Promise<Webhook> {
    const { columns, events } = checkNewWebhook(webhook, this.#allowPrivate);
    const now = this.#clock();
    const times = { creation_timestamp: now, last_updated_timestamp: now, claimed_until: 0 };
    const webhook_id = randomUUID();
    await this.#secrets.with(webhook.secret, async (writer, secret_name = null) => {
      await insertWebhook(writer, { webhook_id, ...columns, ...times, secret_name });
      await putEvents(writer, webhook_id, events);
    });
    return this.get(webhook_id);
  }

  /** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async get(webhookId: string): Promise<Webhook> {
    return this.#database.read(async (reader) => {
      const row = await webhookRow(reader, webhookId);
      return toWebhook(row, (await eventsOf(reader, [webhookId])).get(webhookId) ?? []);
    });
  }

  /** The oldest first. @throws RidgelineError INVALID_PARAMETER_VALUE */
  async list(request: PageRequest = {}): Promise<Page<Webhook>> {
    return this.#database.read(async (reader) => {
      const page = await webhookRows(reader, request);
      const ids = page.items.map((row) => row.webhook_id);
      const events = ids.length === 0 ? new Map() : await eventsOf(reader, ids);
      return {
        ...page,
        items: page.items.map((row) => toWebhook(row, events.get(row.webhook_id) ?? [])),
      };
    });
  }

  /** What is left out stays; an empty secret ends the signing. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async update(webhookId: string, change: Partial<NewWebhook>): Promise<Webhook> {
    const { secret } = change;
    const { columns, events } = checkWebhookChange(change, this.#allowPrivate);
    await this.get(webhookId);
    const former = await this.#secrets.with(secret, async (writer, secret_name) => {
      const row = await webhookRow(writer, webhookId);
      await writer
        .updateTable('webhooks')
        .set({
          ...columns,
          ...(secret_name !== undefined && { secret_name }),
          last_updated_timestamp: this.#clock(),
        })
        .where('webhook_id', '=', webhookId)
        .execute();
      if (events !== undefined) await putEvents(writer, webhookId, events);
      return row.secret_name;
    });
    if (secret !== undefined) await this.#secrets.discard(former);
    return this.get(webhookId);
  }

  /** With all that waits to be sent to it. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
  async delete(webhookId: string): Promise<void> {
    const { secret_name } = await this.#database.write((writer) =>
      removeWebhook(writer, webhookId),
    );
    await this.#secrets.discard(secret_name);
  }

  /** Sends an example of the event, by default of the first one. @throws RidgelineError RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE */
  async test(webhookId: string, event?: WebhookEvent): Promise<WebhookTestResult> {
    const { events } = await this.get(webhookId);
    const chosen = event === undefined ? events[0] : checkWebhookEvent(event);
    if (chosen === undefined) throw new Error('a webhook has events');
    const { url, secret_name: name } = await this.#database.read((reader) =>
      webhookRow(reader, webhookId),
    );
    const secret = await this.#secrets.read(name);
    const trial = { event: chosen, url, secret, now: this.#clock() };
    return tryWebhook(trial, this.#allowPrivate);
  }

  /** Sends what waits, from before too, until `stop`. */
  start({ onFailure = () => {}, ...rest }: SendingOptions = {}): void {
    const { database, outbox, secrets } = this.#options;
    this.#sender ??= new WebhookSender({
      ...rest,
      queue: new WebhookQueue(database),
      outbox,
      secrets,
      clock: this.#clock,
      allowPrivate: this.#allowPrivate,
      onFailure,
    });
    this.#sender.start();
  }

  async stop(): Promise<void> {
    await this.#sender?.stop();
    this.#sender = null;
  }
}
