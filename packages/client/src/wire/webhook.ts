// MLflow's shapes of a webhook, as they travel: its enums are in capitals.

/** Such as `{ entity: 'MODEL_VERSION', action: 'CREATED' }`. */
export interface WebhookEvent {
  readonly entity: string;
  readonly action: string;
}

export interface Webhook {
  readonly webhook_id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
  readonly status: 'ACTIVE' | 'DISABLED';
  /** Milliseconds since 1970 UTC. */
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
}

export interface NewWebhook {
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
  /** What is sent is signed with it. */
  readonly secret?: string;
  readonly status?: 'ACTIVE' | 'DISABLED';
}

export interface WebhookTestResult {
  readonly success: boolean;
  readonly response_status?: number;
  readonly response_body?: string;
  readonly error_message?: string;
}
