// A webhook of `resources`: it starts a build with its payload as a parameter, by the filters of the
// file in the default branch.
import { createHash } from 'node:crypto';
import {
  branchRef,
  decideOnWebhook,
  LocalRunError,
  type WebhookResource,
} from '@ridgeline/azure-pipelines';
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import { DeliveryError } from '../../errors.ts';
import type { PipelineLooker } from '../look/pipeline-looker.ts';
import type { Happening } from '../trigger-event.ts';
import { invalidHook, type Payload } from './hook-payload.ts';

export interface WebhookCall {
  readonly pipeline: DeliveryPipeline;
  readonly alias: string;
  readonly payload: Payload;
  readonly body: Uint8Array;
}

const maxBytes = 256 * 1024;
const maxDepth = 50;

/** A text says why it starts nothing. @throws DeliveryError HOOK_INVALID, HOOK_NOT_FOUND, BUILD_INVALID */
export async function happeningOfWebhook(
  { pipeline, alias, payload, body }: WebhookCall,
  looker: PipelineLooker,
): Promise<Happening | string> {
  assertStorable(payload, body);
  const webhooks = await webhooksOf(pipeline, looker);
  const webhook = webhooks.find((one) => one.alias.toLowerCase() === alias.toLowerCase());
  if (webhook === undefined) throw unknown(alias, webhooks);
  const { runs, why } = decideOnWebhook(webhook, payload);
  if (!runs) return why;
  const digest = createHash('sha256').update(body).digest('hex');
  return {
    kind: 'webhook',
    // Of bytes that come again nobody knows whether the sender or a listener has sent them.
    key: `webhook ${webhook.alias} ${digest}`,
    source: `webhook ${webhook.alias}`,
    branch: branchRef(pipeline.repository.branch),
    commit: '',
    reason: 'ResourceTrigger',
    why,
    facts: { alias: webhook.alias, payload: new TextDecoder().decode(body) },
  };
}

function assertStorable(payload: Payload, body: Uint8Array): void {
  if (body.length > maxBytes) throw invalidHook(`it is over the limit of ${maxBytes} bytes`);
  if (isDeeper(payload, maxDepth)) throw invalidHook(`it is over ${maxDepth} levels deep`);
  if (Buffer.from(body).includes('\\u0000'))
    throw invalidHook('it has a character that no text of a build can hold: \\u0000');
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

async function webhooksOf(
  pipeline: DeliveryPipeline,
  looker: PipelineLooker,
): Promise<readonly WebhookResource[]> {
  const { branch, location } = pipeline.repository;
  const { heads, triggersAt } = await looker.watched(pipeline).catch(asDeliveryError);
  const commit = heads.get(branchRef(branch));
  const triggers = commit === undefined ? undefined : await triggersAt(commit);
  if (typeof triggers === 'string') throw new DeliveryError('BUILD_INVALID', triggers);
  if (triggers !== undefined) return triggers.webhooks;
  const message = `branch '${branch}' of ${location} has no file ${pipeline.yamlPath}`;
  throw new DeliveryError('BUILD_INVALID', message);
}

function asDeliveryError(error: unknown): never {
  if (!(error instanceof LocalRunError)) throw error;
  throw new DeliveryError('REPOSITORY_NOT_READ', error.message, { cause: error });
}

function unknown(alias: string, webhooks: readonly WebhookResource[]): DeliveryError {
  const known = webhooks.map((webhook) => webhook.alias).join(', ') || 'none';
  const message = `the pipeline has no webhook '${alias.slice(0, 100)}' (known: ${known})`;
  return new DeliveryError('HOOK_NOT_FOUND', message);
}
