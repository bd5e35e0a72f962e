// Takes hooks of other systems: proves them, keeps what they tell, and has the pipeline's repository
// looked at now instead of at the next poll.
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import { DeliveryError } from '../../errors.ts';
import type { PipelineLooker } from '../look/pipeline-looker.ts';
import { noFindings } from '../store/put-findings.ts';
import type { TriggerStores } from '../store/trigger-stores.ts';
import type { TriggerClock } from '../trigger-clock.ts';
import type { TriggerHost } from '../trigger-host.ts';
import { type Payload, readPayload } from './hook-payload.ts';
import { type IncomingHook, isProven } from './prove-hook.ts';
import { readNews } from './read-news.ts';
import { happeningOfWebhook } from './receive-webhook.ts';

export type { IncomingHook };

export interface HookAnswer {
  /** Whether anything follows of it: a look at the repository, or a build. */
  readonly accepted: boolean;
  readonly why: string;
}

export interface HookReceiverParts {
  readonly stores: TriggerStores;
  readonly host: Pick<TriggerHost, 'pipelines'>;
  readonly looker: PipelineLooker;
  readonly clock: TriggerClock;
  /** Null: the pipeline takes no hooks. */
  readonly secretOf: (pipeline: DeliveryPipeline) => Promise<string | null>;
  readonly hurry: (pipeline: DeliveryPipeline) => void;
}

export class HookReceiver {
  readonly #parts: HookReceiverParts;

  constructor(parts: HookReceiverParts) {
    this.#parts = parts;
  }

  /** @throws DeliveryError HOOK_UNAUTHENTICATED, HOOK_INVALID, HOOK_NOT_FOUND, BUILD_INVALID */
  async receive(hook: IncomingHook): Promise<HookAnswer> {
    const pipeline = await this.#provenPipeline(hook);
    const payload = readPayload(hook.body);
    if (!pipeline.enabled) return refused('the delivery pipeline is disabled');
    return hook.alias === undefined
      ? this.#takeNews(pipeline, hook, payload)
      : this.#takeWebhook(pipeline, hook.alias, hook.body, payload);
  }

  /** Whoever knows no secret does not learn here which pipelines there are. */
  async #provenPipeline(hook: IncomingHook): Promise<DeliveryPipeline> {
    const wanted = hook.pipeline.toLowerCase();
    const all = await this.#parts.host.pipelines();
    const pipeline = all.find(({ name }) => name.toLowerCase() === wanted);
    const secret = pipeline === undefined ? null : await this.#parts.secretOf(pipeline);
    if (pipeline !== undefined && secret !== null && isProven(hook, secret)) return pipeline;
    const message =
      "no delivery pipeline takes this hook: sign it with the secret of 'ridgeline delivery-pipeline hook NAME' (X-Hub-Signature-256), or send that as the password of basic authentication";
    throw new DeliveryError('HOOK_UNAUTHENTICATED', message);
  }

  async #takeNews(
    pipeline: DeliveryPipeline,
    { headers }: IncomingHook,
    payload: Payload,
  ): Promise<HookAnswer> {
    const { stores, clock, hurry } = this.#parts;
    const news = readNews(headers, payload, clock.now());
    if (news.kind === 'nothing') return refused(`'${news.event}' starts nothing here`);
    if (news.kind === 'pullRequest') {
      const isNews = await stores.pulls.tell(Number(pipeline.id), news.facts);
      if (!isNews) return refused('what is known of the pull request is newer');
    }
    hurry(pipeline);
    return { accepted: true, why: 'the repository is looked at' };
  }

  async #takeWebhook(
    pipeline: DeliveryPipeline,
    alias: string,
    body: Uint8Array,
    payload: Payload,
  ): Promise<HookAnswer> {
    const { stores, looker, clock, hurry } = this.#parts;
    const id = Number(pipeline.id);
    const found = await happeningOfWebhook({ pipeline, alias, payload, body }, looker);
    if (typeof found === 'string') return refused(found);
    if (await stores.events.has(id, found.key)) return refused('the same was sent before');
    await stores.watches.note(id, { ...noFindings, happenings: [found] }, clock.now());
    hurry(pipeline);
    return { accepted: true, why: found.why };
  }
}

function refused(why: string): HookAnswer {
  return { accepted: false, why };
}
