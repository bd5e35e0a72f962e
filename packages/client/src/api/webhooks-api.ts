// Webhooks, by MLflow's routes.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type { NewWebhook, Webhook, WebhookEvent, WebhookTestResult } from '../wire/webhook.ts';
import { mlflowPath } from './mlflow-path.ts';

interface Page {
  readonly webhooks: readonly Webhook[];
  readonly next_page_token?: string;
}

export class WebhooksApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async create(webhook: NewWebhook): Promise<Webhook> {
    const path = mlflowPath('webhooks');
    const answer = await this.#http.json<{ webhook: Webhook }>({
      method: 'POST',
      path,
      json: webhook,
    });
    return answer.webhook;
  }

  /** All of them, the oldest first. */
  async list(): Promise<readonly Webhook[]> {
    const all: Webhook[] = [];
    let token: string | undefined;
    do {
      const query = token === undefined ? '' : queryOf({ page_token: token });
      const path = `${mlflowPath('webhooks')}${query}`;
      const page: Page = await this.#http.json<Page>({ method: 'GET', path });
      all.push(...page.webhooks);
      token = page.next_page_token;
    } while (token !== undefined);
    return all;
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async update(id: string, change: Partial<NewWebhook>): Promise<Webhook> {
    const request = { method: 'PATCH', path: pathTo(id), json: change } as const;
    return (await this.#http.json<{ webhook: Webhook }>(request)).webhook;
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async delete(id: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: pathTo(id) });
  }

  /** Sends an example of an event, by default of the first one. @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async test(id: string, event?: WebhookEvent): Promise<WebhookTestResult> {
    const json = event === undefined ? {} : { event };
    const request = { method: 'POST', path: `${pathTo(id)}/test`, json } as const;
    return (await this.#http.json<{ result: WebhookTestResult }>(request)).result;
  }
}

function pathTo(id: string): string {
  return pathOf('api', '2.0', 'mlflow', 'webhooks', id);
}
