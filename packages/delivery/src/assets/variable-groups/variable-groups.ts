// The face of variable groups: made, changed and read here, and their values given to builds.
import type { GivenVariables } from '@ridgeline/azure-pipelines';
import type { Clock, Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase } from '../../database/delivery-database.ts';
import { groupKind } from '../asset-kind.ts';
import { assertCreatable, assertNameIsFree } from '../asset-names.ts';
import { throwProblems } from '../asset-problem.ts';
import { newAssetRow, newId } from '../asset-row.ts';
import { withItsSecrets } from '../asset-secrets.ts';
import { KeptAssets } from '../kept-assets.ts';
import { assertUndisturbed, undisturbed } from '../undisturbed.ts';
import { changedGroup } from './change-group.ts';
import { describeGroup } from './describe-group.ts';
import { findGroup, groupStore, type StoredGroup } from './group-store.ts';
import { GroupValues, type ReadVaultSecrets } from './group-values.ts';
import { keepGroup } from './keep-group.ts';
import type { NewVariableGroup, VariableGroup, VariableGroupChanges } from './variable-group.ts';

export interface VariableGroupsOptions {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly readVaultSecrets: ReadVaultSecrets;
}

export class VariableGroups {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #values: GroupValues;
  readonly #kept: KeptAssets<StoredGroup>;

  constructor({ database, secrets, clock, readVaultSecrets }: VariableGroupsOptions) {
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#values = new GroupValues(secrets, readVaultSecrets);
    this.#kept = new KeptAssets(database, secrets, groupStore);
  }

  /** @throws DeliveryError VARIABLE_GROUP_INVALID, VARIABLE_GROUP_EXISTS, DELIVERY_LIMIT_REACHED */
  async create({ name, ...changes }: NewVariableGroup, by = ''): Promise<VariableGroup> {
    const words = newAssetRow(name, by, this.#clock());
    const row = { ...words, group_id: newId(), allow_all_pipelines: 0 };
    const earlier = { row, variables: [], pipelines: [] };
    const wanted = await changedGroup(earlier, changes, this.#secrets, this.#clock());
    await keepGroup(wanted, earlier, this.#keeper, (tables) =>
      assertCreatable(tables, groupKind, name),
    );
    return this.get(name);
  }

  /**
   * @throws DeliveryError VARIABLE_GROUP_NOT_FOUND, VARIABLE_GROUP_INVALID, VARIABLE_GROUP_EXISTS
   *   where another has the new name already
   */
  async update(name: string, changes: VariableGroupChanges): Promise<VariableGroup> {
    return undisturbed(async () => {
      const earlier = await this.#kept.get(name);
      const wanted = await changedGroup(earlier, changes, this.#secrets, this.#clock());
      const { name: newName, name_key } = wanted.row;
      await keepGroup(wanted, earlier, this.#keeper, async (tables) => {
        assertUndisturbed(earlier, await findGroup(tables, name));
        if (name_key !== earlier.row.name_key) await assertNameIsFree(tables, groupKind, newName);
      });
      return this.get(newName);
    });
  }

  /** @throws DeliveryError VARIABLE_GROUP_NOT_FOUND */
  async get(name: string): Promise<VariableGroup> {
    return describeGroup(await this.#kept.get(name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly VariableGroup[]> {
    return (await this.#kept.list(limit)).map(describeGroup);
  }

  /** With its secrets. @throws DeliveryError VARIABLE_GROUP_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#kept.delete(name);
  }

  /** Why a pipeline cannot use groups that it names: all reasons, none where it can. */
  async problems(names: readonly string[], pipeline: string) {
    return (await this.#kept.sortedOut(names, pipeline)).problems;
  }

  /**
   * The variables of the groups that a pipeline names, by those names.
   * @throws DeliveryError VARIABLE_GROUP_NOT_FOUND, VARIABLE_GROUP_NOT_PERMITTED,
   *   DELIVERY_SECRET_UNAVAILABLE
   */
  async resolve(
    names: readonly string[],
    pipeline: string,
  ): Promise<ReadonlyMap<string, GivenVariables>> {
    const opened = await withItsSecrets(async () => {
      const { usable, problems } = await this.#kept.sortedOut(names, pipeline);
      throwProblems(problems);
      const opening = [...usable].map(
        async ([name, group]) => [name, await this.#values.open(group)] as const,
      );
      return Promise.all(opening);
    });
    return this.#values.withVaults(new Map(opened), pipeline);
  }

  get #keeper() {
    return { database: this.#database, secrets: this.#secrets };
  }
}
