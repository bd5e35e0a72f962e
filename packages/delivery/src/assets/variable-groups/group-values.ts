// The values of a group's variables for a build: what is plain as it stands, secrets from where they
// are kept. Nothing of it is written down.
import type { GivenVariable, GivenVariables } from '@ridgeline/azure-pipelines';
import { RidgelineError, type Secrets, userSecretName } from '@ridgeline/workspace';
import type { GroupVariableTable } from '../../database/asset-tables.ts';
import { DeliveryError } from '../../errors.ts';
import { vaultSecretOf } from './describe-group.ts';
import type { StoredGroup } from './group-store.ts';
import type { VaultSecret } from './variable-group.ts';

/** A variable that a vault holds. */
export interface VaultVariable extends VaultSecret {
  /** Such as `the variable 'KEY' of the variable group 'g'`. */
  readonly where: string;
}

/**
 * In their order.
 * @throws DeliveryError DELIVERY_SECRET_UNAVAILABLE with all that a vault does not give, and where
 */
export type ReadVaultSecrets = (
  variables: readonly VaultVariable[],
  pipeline: string,
) => Promise<readonly string[]>;

/** A group whose own secrets are read already. */
type OpenedGroup = ReadonlyMap<string, GivenVariable | VaultVariable>;

export class GroupValues {
  readonly #secrets: Secrets;
  readonly #readVaultSecrets: ReadVaultSecrets;

  constructor(secrets: Secrets, readVaultSecrets: ReadVaultSecrets) {
    this.#secrets = secrets;
    this.#readVaultSecrets = readVaultSecrets;
  }

  /** @throws DeliveryError DELIVERY_SECRET_UNAVAILABLE */
  async open({ row, variables }: StoredGroup): Promise<OpenedGroup> {
    const opened = new Map<string, GivenVariable | VaultVariable>();
    for (const variable of variables) {
      const where = `the variable '${variable.name}' of the variable group '${row.name}'`;
      const vaultSecret = vaultSecretOf(variable);
      const value =
        vaultSecret === null ? await this.#value(variable, where) : { ...vaultSecret, where };
      opened.set(variable.name, value);
    }
    return opened;
  }

  /** All that is in vaults is asked for together. @throws DeliveryError as `ReadVaultSecrets` */
  async withVaults(
    groups: ReadonlyMap<string, OpenedGroup>,
    pipeline: string,
  ): Promise<ReadonlyMap<string, GivenVariables>> {
    const all = [...groups.values()].flatMap((group) => [...group.values()]);
    const asked = all.filter((each) => 'vault' in each);
    const values = asked.length === 0 ? [] : await this.#readVaultSecrets(asked, pipeline);
    const byVariable = new Map(asked.map((each, index) => [each, values[index] ?? '']));
    const whole = (group: OpenedGroup): GivenVariables =>
      new Map(
        [...group].map(([name, each]) => [
          name,
          'vault' in each ? { value: byVariable.get(each) ?? '', secret: true } : each,
        ]),
      );
    return new Map([...groups].map(([name, group]) => [name, whole(group)]));
  }

  async #value(variable: Readonly<GroupVariableTable>, where: string): Promise<GivenVariable> {
    const { value, secret_name, workspace_secret } = variable;
    if (value !== null) return { value };
    try {
      const name = secret_name ?? userSecretName(workspace_secret ?? '');
      return { value: await this.#secrets.get(name), secret: true };
    } catch (error) {
      if (!(error instanceof RidgelineError)) throw error;
      const message = `${where} cannot be read: ${error.message}`;
      throw new DeliveryError('DELIVERY_SECRET_UNAVAILABLE', message, { cause: error });
    }
  }
}
