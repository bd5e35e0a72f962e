// Writes down what webhooks are to be told, in the transaction of the change itself: what is undone
// is told to nobody, and what is kept is told even if the server dies in the next moment.
import type { Transaction } from 'kysely';
import { type Clock, systemClock } from '../clock.ts';
import type { ModelTables } from '../models/model-tables.ts';
import { orderedIds } from './ordered-id.ts';
import {
  type WebhookAction,
  type WebhookData,
  type WebhookEntity,
  webhookBody,
} from './webhook-events.ts';
import type { WebhookTables } from './webhook-tables.ts';

type Writer = Transaction<WebhookTables & ModelTables>;

/** MLflow keeps prompts as models with this tag, and calls their events by other names. */
export const promptTag = 'mlflow.prompt.is_prompt';

// Of a change: its name for a model, and for a prompt.
const entities = {
  model: ['registered_model', 'prompt'],
  modelTag: [null, 'prompt_tag'],
  version: ['model_version', 'prompt_version'],
  versionTag: ['model_version_tag', 'prompt_version_tag'],
  alias: ['model_version_alias', 'prompt_alias'],
} as const satisfies Readonly<Record<string, readonly [WebhookEntity | null, WebhookEntity]>>;

export interface RegistryChange {
  readonly what: keyof typeof entities;
  readonly action: WebhookAction;
  /** The name of the registered model is among it. */
  readonly data: WebhookData & { readonly name: string };
}

export class WebhookOutbox {
  readonly #clock: Clock;
  readonly #newId = orderedIds();
  readonly #listeners = new Set<() => void>();
  #isFilled = false;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  async note(writer: Writer, { what, action, data }: RegistryChange): Promise<void> {
    const [ofModel, ofPrompt] = entities[what];
    const asked = ofModel === null ? [ofPrompt] : [ofModel, ofPrompt];
    const hooks = await this.#hooks(writer, asked, action);
    if (hooks.length === 0) return;
    const isPrompt = await this.#isPrompt(writer, data.name);
    const entity = isPrompt ? ofPrompt : ofModel;
    if (entity === null) return;
    const now = this.#clock();
    const body = webhookBody({ entity, action }, isPrompt ? promptData(data) : data, now);
    const rows = hooks
      .filter((hook) => hook.entity === entity)
      .map(({ webhook_id }) => ({
        delivery_id: this.#newId(now),
        webhook_id,
        body,
        created_at: now,
        attempts: 0,
        next_attempt_at: now,
      }));
    if (rows.length === 0) return;
    await writer.insertInto('webhook_deliveries').values(rows).execute();
    this.#isFilled = true;
  }

  /** To be called when what was noted is on disk. */
  flush(): void {
    if (!this.#isFilled) return;
    this.#isFilled = false;
    for (const listener of this.#listeners) listener();
  }

  /** @returns what ends it. */
  onFilled(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #hooks(writer: Writer, asked: readonly WebhookEntity[], action: WebhookAction) {
    return writer
      .selectFrom('webhook_events')
      .innerJoin('webhooks', 'webhooks.webhook_id', 'webhook_events.webhook_id')
      .select(['webhook_events.webhook_id', 'webhook_events.entity'])
      .where('webhook_events.entity', 'in', asked)
      .where('webhook_events.action', '=', action)
      .where('webhooks.status', '=', 'ACTIVE')
      .execute();
  }

  async #isPrompt(writer: Writer, name: string): Promise<boolean> {
    const tag = await writer
      .selectFrom('registered_model_tags')
      .select('value')
      .where('name', '=', name)
      .where('key', '=', promptTag)
      .executeTakeFirst();
    return tag?.value.toLowerCase() === 'true';
  }
}

const textTag = 'mlflow.prompt.text';
const internalTags: readonly string[] = [promptTag, textTag, '_mlflow_prompt_type'];

// Of a prompt, the tags that make it one are not shown, and its text has a place of its own.
function promptData(data: WebhookData): WebhookData {
  const { tags, source: _source, run_id: _runId, ...rest } = data;
  if (typeof tags !== 'object' || tags === null) return data;
  const shown = Object.entries(tags).filter(([key]) => !internalTags.includes(key));
  const text = Object.entries(tags).find(([key]) => key === textTag)?.[1];
  return {
    ...rest,
    ...('version' in data ? { template: text ?? null } : {}),
    tags: Object.fromEntries(shown),
  };
}
