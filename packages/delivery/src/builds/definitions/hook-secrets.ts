// The secret of each pipeline's hooks: made here, shown once, and known to the system that sends.
import { randomBytes } from 'node:crypto';
import type { Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';

export class HookSecrets {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #now: () => number;

  constructor(database: DeliveryDatabase, secrets: Secrets, now: () => number) {
    this.#database = database;
    this.#secrets = secrets;
    this.#now = now;
  }

  /** In the place of an older one, which counts no more. */
  async make({ id }: DeliveryPipeline): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    await this.#secrets.set(secretName(id), secret);
    await this.#note(id, this.#now());
    return secret;
  }

  /** From then on no hook is taken. */
  async remove(pipeline: DeliveryPipeline): Promise<void> {
    if (pipeline.hookSecretAt === null) return;
    await this.#note(pipeline.id, null);
    await this.#secrets.delete(secretName(pipeline.id));
  }

  /** Null where the pipeline takes no hooks. */
  async of({ id, hookSecretAt }: DeliveryPipeline): Promise<string | null> {
    return hookSecretAt === null ? null : this.#secrets.get(secretName(id));
  }

  async #note(id: string, hook_secret_at: number | null): Promise<void> {
    await this.#database.write((tables) =>
      tables
        .updateTable('delivery_pipelines')
        .set({ hook_secret_at })
        .where('pipeline_id', '=', Number(id))
        .execute(),
    );
  }
}

function secretName(pipelineId: string): string {
  return `delivery-hooks/${pipelineId}`;
}
