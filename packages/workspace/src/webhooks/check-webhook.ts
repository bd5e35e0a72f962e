// What a webhook is made of, and the checks of it.
import { checkOneOf, checkText, invalid, quote } from '../checks/check-text.ts';
import { isPrivateHost } from './private-address.ts';
import { actionsOf, type WebhookEvent, webhookActions, webhookEntities } from './webhook-events.ts';
import { type WebhookStatus, webhookStatuses } from './webhook-tables.ts';

export interface NewWebhook {
  /** 1 to 63 letters, digits, '.', '_' and '-', with a letter or a digit at both ends. */
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string | undefined;
  /** What is sent is signed with it. */
  readonly secret?: string | undefined;
  /** Default ACTIVE. */
  readonly status?: WebhookStatus | undefined;
}

const limits = { urlLength: 500, descriptionLength: 1_000, secretLength: 1_000, events: 100 };

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkNewWebhook(webhook: NewWebhook, allowPrivate: boolean) {
  const { name, url, description, status } = webhook;
  return {
    columns: {
      name: checkWebhookName(name),
      url: checkWebhookUrl(url, allowPrivate),
      description: description ? checkWebhookDescription(description) : null,
      status: checkWebhookStatus(status ?? 'ACTIVE'),
    },
    events: checkWebhookEvents(webhook.events),
  };
}

/** What is left out is not among the columns. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkWebhookChange(change: Partial<NewWebhook>, allowPrivate: boolean) {
  const { name, url, description, status, events } = change;
  return {
    columns: {
      ...(name !== undefined && { name: checkWebhookName(name) }),
      ...(url !== undefined && { url: checkWebhookUrl(url, allowPrivate) }),
      ...(description !== undefined && { description: checkWebhookDescription(description) }),
      ...(status !== undefined && { status: checkWebhookStatus(status) }),
    },
    events: events === undefined ? undefined : checkWebhookEvents(events),
  };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
function checkWebhookName(value: unknown): string {
  const name = checkText('webhook name', value, 1_000);
  if (/^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/i.test(name)) return name;
  throw invalid(
    `webhook name ${quote(name)} must be 1 to 63 letters, digits, '.', '_' and '-', and begin ` +
      'and end with a letter or a digit',
  );
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
function checkWebhookUrl(value: unknown, allowPrivate: boolean): string {
  const text = checkText('webhook url', value, limits.urlLength);
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw invalid('webhook url must be an address such as https://ci.example/hooks/models');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('webhook url must hold no user and no password; sign with a secret instead');
  }
  if (allowPrivate || !isPrivateHost(url.hostname)) return text;
  throw invalid(
    `webhook url ${quote(url.host)} is a private address; the server sends there only when it is ` +
      'started with --allow-private-webhooks',
  );
}

/** Each once. @throws RidgelineError INVALID_PARAMETER_VALUE */
function checkWebhookEvents(events: readonly WebhookEvent[]): readonly WebhookEvent[] {
  if (!Array.isArray(events) || events.length === 0) throw invalid('a webhook needs events');
  if (events.length > limits.events) throw invalid(`at most ${limits.events} events are allowed`);
  const checked = events.map(checkWebhookEvent);
  return [...new Map(checked.map((event) => [`${event.entity}.${event.action}`, event])).values()];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkWebhookEvent(event: WebhookEvent): WebhookEvent {
  const entity = checkOneOf('event entity', event?.entity, webhookEntities);
  const action = checkOneOf('event action', event?.action, webhookActions);
  const actions = actionsOf(entity);
  if (actions.includes(action)) return { entity, action };
  throw invalid(`a ${entity} is never ${action}; its actions are ${actions.join(', ')}`);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
function checkWebhookDescription(value: unknown): string {
  return checkText('webhook description', value, limits.descriptionLength);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
function checkWebhookStatus(value: unknown): WebhookStatus {
  return checkOneOf('webhook status', value, webhookStatuses);
}

/** Not by `checkText`, which quotes what is wrong. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkWebhookSecret(value: unknown): string {
  const isFine =
    typeof value === 'string' && value.isWellFormed() && value.length <= limits.secretLength;
  if (isFine) return value;
  throw invalid(`the secret of a webhook must be text of up to ${limits.secretLength} characters`);
}
