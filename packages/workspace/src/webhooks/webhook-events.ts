// What webhooks can be told of, in MLflow's words, and an example of each for their tests.

export const webhookEntities = [
  'registered_model',
  'model_version',
  'model_version_tag',
  'model_version_alias',
  'prompt',
  'prompt_version',
  'prompt_tag',
  'prompt_version_tag',
  'prompt_alias',
] as const;
export type WebhookEntity = (typeof webhookEntities)[number];

export const webhookActions = ['created', 'set', 'deleted'] as const;
export type WebhookAction = (typeof webhookActions)[number];

export interface WebhookEvent {
  readonly entity: WebhookEntity;
  readonly action: WebhookAction;
}

/** What a receiver gets as `data`. */
export type WebhookData = Readonly<Record<string, unknown>>;

const tags = { example_key: 'example_value' };
const version = { name: 'example_model', version: '1' };
const tag = { key: 'example_key', value: 'example_value' };
const alias = { name: 'example_model', alias: 'example_alias' };

const examples: Readonly<
  Record<WebhookEntity, Partial<Readonly<Record<WebhookAction, WebhookData>>>>
> = {
  registered_model: {
    created: { name: 'example_model', tags, description: 'An example registered model' },
  },
  model_version: {
    created: {
      ...version,
      source: 'models:/123',
      run_id: 'abcd1234abcd5678',
      tags,
      description: 'An example model version',
    },
  },
  model_version_tag: { set: { ...version, ...tag }, deleted: { ...version, key: tag.key } },
  model_version_alias: { created: { ...alias, version: '1' }, deleted: alias },
  prompt: { created: { name: 'example_prompt', tags, description: 'An example prompt' } },
  prompt_version: {
    created: {
      name: 'example_prompt',
      version: '1',
      template: 'Hello {{name}}!',
      tags,
      description: 'An example prompt version',
    },
  },
  prompt_tag: {
    set: { name: 'example_prompt', ...tag },
    deleted: { name: 'example_prompt', key: tag.key },
  },
  prompt_version_tag: {
    set: { name: 'example_prompt', version: '1', ...tag },
    deleted: { name: 'example_prompt', version: '1', key: tag.key },
  },
  prompt_alias: {
    created: { name: 'example_prompt', alias: 'example_alias', version: '1' },
    deleted: { name: 'example_prompt', alias: 'example_alias' },
  },
};

/** Undefined where nothing of that sort ever happens, such as a model being set. */
export function exampleOf({ entity, action }: WebhookEvent): WebhookData | undefined {
  return examples[entity][action];
}

export function actionsOf(entity: WebhookEntity): readonly WebhookAction[] {
  return webhookActions.filter((action) => exampleOf({ entity, action }) !== undefined);
}

/** The JSON that is sent. */
export function webhookBody({ entity, action }: WebhookEvent, data: WebhookData, now: number) {
  // As Python writes a time of UTC.
  const timestamp = new Date(now).toISOString().replace('Z', '+00:00');
  return JSON.stringify({ entity, action, timestamp, data });
}
