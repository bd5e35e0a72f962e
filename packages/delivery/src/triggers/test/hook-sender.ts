// Sends hooks to the triggers of a lab, as the servers of repositories do.
import { createHmac } from 'node:crypto';
import type { BuildTriggers } from '../build-triggers.ts';
import type { TriggerLab } from './trigger-lab.ts';
import { withSteps } from './with-steps.ts';

type Headers = Readonly<Record<string, string>>;

export class HookSender {
  readonly #lab: TriggerLab;
  readonly #triggers: BuildTriggers;

  constructor(lab: TriggerLab, triggers: BuildTriggers) {
    this.#lab = lab;
    this.#triggers = triggers;
  }

  /** A pipeline `CI` that takes hooks, watched. */
  async define(text = ''): Promise<void> {
    await this.#lab.repository.push(withSteps(`trigger: none\n${text}`));
    this.#lab.define('CI', { hookSecretAt: '2026-03-01T00:00:00Z', buildForks: true });
    await this.#triggers.look();
  }

  send(payload: unknown, headers: Headers, alias?: string) {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const body = Buffer.from(text);
    const hook = { pipeline: 'ci', headers, body };
    return this.#triggers.receive({ ...hook, ...(alias !== undefined && { alias }) });
  }

  /** As GitHub does. */
  sendSigned(event: string, payload: unknown) {
    const text = JSON.stringify(payload);
    const signature = this.sign(text);
    return this.send(text, { 'x-github-event': event, 'x-hub-signature-256': signature });
  }

  sign(body: string, secret = this.#lab.hookSecret): string {
    return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  }

  basic(secret = this.#lab.hookSecret): Headers {
    return { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` };
  }
}
