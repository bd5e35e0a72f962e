// The variables of a definition. The values of secret ones are among the workspace's secrets, and no
// answer gives them back.
import type { GivenVariables } from '@ridgeline/azure-pipelines';
import type { Secrets } from '@ridgeline/workspace';
import type {
  DefinitionVariable,
  DeliveryPipeline,
  NewDefinitionVariable,
} from '../delivery-pipeline.ts';
import { noValue } from './definition-errors.ts';

export class DefinitionVariables {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** With the values of the secret ones. */
  async valuesOf({ id, variables }: DeliveryPipeline): Promise<GivenVariables> {
    const given = variables.map(async ({ name, value, isSecret }) => {
      const text = isSecret ? await this.#secrets.get(secretName(id, name)) : value;
      return [name, { value: text, secret: isSecret }] as const;
    });
    return new Map(await Promise.all(given));
  }

  /** Keeps the secrets; gives what is kept of each in the definition itself. */
  async keep(
    id: string,
    variables: readonly NewDefinitionVariable[],
    before: readonly DefinitionVariable[],
  ): Promise<readonly DefinitionVariable[]> {
    const kept: DefinitionVariable[] = [];
    for (const variable of variables) kept.push(await this.#keepOne(id, variable, before));
    return kept;
  }

  /** The secrets that are in `before` and not in `kept` any more. */
  async forget(
    id: string,
    before: readonly DefinitionVariable[],
    kept: readonly DefinitionVariable[] = [],
  ): Promise<void> {
    const gone = before.filter(({ name, isSecret }) => isSecret && !isSecretIn(kept, name));
    for (const { name } of gone) await this.#secrets.delete(secretName(id, name));
  }

  async #keepOne(
    id: string,
    { name, value, isSecret, allowOverride = false }: NewDefinitionVariable,
    before: readonly DefinitionVariable[],
  ): Promise<DefinitionVariable> {
    const wasSecret = isSecretIn(before, name);
    if (isSecret !== true) return { name, value: value ?? '', isSecret: false, allowOverride };
    if (value === undefined && !wasSecret) throw noValue(name);
    // What is read shows no value of a secret, so that an empty one means that it stays.
    const stays = wasSecret && (value === undefined || value === '');
    if (!stays) await this.#secrets.set(secretName(id, name), value ?? '');
    return { name, value: '', isSecret: true, allowOverride };
  }
}

function isSecretIn(variables: readonly DefinitionVariable[], wanted: string): boolean {
  const key = wanted.toLowerCase();
  return variables.some(({ name, isSecret }) => isSecret && name.toLowerCase() === key);
}

function secretName(pipelineId: string, variable: string): string {
  return `delivery-pipelines/${pipelineId}/${variable.toLowerCase()}`.slice(0, 255);
}
