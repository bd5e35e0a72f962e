// Sends an example of an event to a webhook once, and says what came of it.
import { randomUUID } from 'node:crypto';
import { postWebhook } from './post-webhook.ts';
import { exampleOf, type WebhookEvent, webhookBody } from './webhook-events.ts';

export interface WebhookTestResult {
  readonly success: boolean;
  readonly response_status?: number;
  readonly response_body?: string;
  readonly error_message?: string;
}

export interface WebhookTrial {
  readonly event: WebhookEvent;
  readonly url: string;
  readonly secret: string | undefined;
  readonly now: number;
}

const timeoutMs = 10_000;

export async function tryWebhook(
  { event, url, secret, now }: WebhookTrial,
  allowPrivate: boolean,
): Promise<WebhookTestResult> {
  const body = webhookBody(event, exampleOf(event) ?? {}, now);
  try {
    const { status, body: answer } = await postWebhook(
      { url, secret, deliveryId: randomUUID(), body, now },
      { timeoutMs, allowPrivate, signal: new AbortController().signal },
    );
    const success = status >= 200 && status < 300;
    return { success, response_status: status, response_body: answer };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { success: false, error_message: `the webhook could not be reached: ${reason}` };
  }
}
