// The values of a group's variables for a build: what is plain as it stands, secrets from where they
// are kept. Nothing of it is written down.
import type { GivenVariable, GivenVariables } from '@ridgeline/azure-pipelines';
import { RidgelineError, type Secrets, userSecretName } from '@ridgeline/workspace';
import type { GroupVariableTable } from '../../database/asset-tables.ts';
import { DeliveryError } from '../../errors.ts';
import { vaultSecretOf } from './describe-group.ts';
import type { StoredGroup } from './group-store.ts';
import type { VaultSecret } from './variable-group.ts';

/** @throws DeliveryError where the vault or the connection to it does not give it */
export type ReadVaultSecret = (secret: VaultSecret, pipeline: string) => Promise<string>;

export class GroupValues {
  readonly #secrets: Secrets;
  readonly #readVaultSecret: ReadVaultSecret;

  constructor(secrets: Secrets, readVaultSecret: ReadVaultSecret) {
    this.#secrets = secrets;
    this.#readVaultSecret = readVaultSecret;
  }

  /** @throws DeliveryError DELIVERY_SECRET_UNAVAILABLE */
  async of({ row, variables }: StoredGroup, pipeline: string): Promise<GivenVariables> {
    const values = new Map<string, GivenVariable>();
    for (const variable of variables) {
      const where = `the variable '${variable.name}' of the variable group '${row.name}'`;
      values.set(variable.name, await this.#value(variable, where, pipeline));
    }
    return values;
  }

  async #value(
    variable: Readonly<GroupVariableTable>,
    where: string,
    pipeline: string,
  ): Promise<GivenVariable> {
    if (variable.value !== null) return { value: variable.value };
    try {
      return { value: await this.#secret(variable, pipeline), secret: true };
    } catch (error) {
      if (!(error instanceof DeliveryError || error instanceof RidgelineError)) throw error;
      const message = `${where} cannot be read: ${error.message}`;
      throw new DeliveryError('DELIVERY_SECRET_UNAVAILABLE', message, { cause: error });
    }
  }

  async #secret(variable: Readonly<GroupVariableTable>, pipeline: string): Promise<string> {
    const vaultSecret = vaultSecretOf(variable);
    if (vaultSecret !== null) return this.#readVaultSecret(vaultSecret, pipeline);
    const { secret_name, workspace_secret } = variable;
    return this.#secrets.get(secret_name ?? userSecretName(workspace_secret ?? ''));
  }
}
