// The face of variable groups: made, changed and read here, and their values given to builds.
import { randomUUID } from 'node:crypto';
import type { GivenVariables } from '@ridgeline/azure-pipelines';
import type { Clock, Secrets } from '@ridgeline/workspace';
import { RidgelineError, userSecretName } from '@ridgeline/workspace';
import type { VariableGroupTable } from '../../database/asset-tables.ts';
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import {
  type AssetProblem,
  groupKind,
  notFound,
  notPermitted,
  throwProblems,
} from '../asset-problem.ts';
import { SecretChanges } from '../asset-secrets.ts';
import { assetLimits, checkName, checkText, keyOf } from '../check-words.ts';
import { InTurn } from '../in-turn.ts';
import { Mistakes } from '../mistakes.ts';
import { checkPermissions, isPermitted } from '../pipeline-permissions.ts';
import { describeGroup } from './describe-group.ts';
import {
  deleteGroup,
  findGroup,
  groupNames,
  listGroups,
  putGroup,
  type StoredGroup,
} from './group-store.ts';
import { GroupValues, type ReadVaultSecret } from './group-values.ts';
import { type VariableContent, type WantedVariable, wantedVariables } from './variable-changes.ts';
import type { NewVariableGroup, VariableGroup, VariableGroupChanges } from './variable-group.ts';
import { checkVariableRules } from './variable-rules.ts';

export interface VariableGroupsOptions {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly readVaultSecret: ReadVaultSecret;
}

export class VariableGroups {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #values: GroupValues;
  readonly #inTurn = new InTurn();

  constructor({ database, secrets, clock, readVaultSecret }: VariableGroupsOptions) {
    this.#database = database;
    this.#secrets = secrets;
    this.#clock = clock;
    this.#values = new GroupValues(secrets, readVaultSecret);
  }

  /** @throws DeliveryError VARIABLE_GROUP_INVALID, VARIABLE_GROUP_EXISTS, DELIVERY_LIMIT_REACHED */
  async create({ name, ...changes }: NewVariableGroup, by = ''): Promise<VariableGroup> {
    const now = this.#clock();
    const row = {
      group_id: randomUUID().replaceAll('-', ''),
      name,
      name_key: keyOf(name),
      description: '',
      allow_all_pipelines: 0,
      created_by: by,
      created_at: now,
      updated_at: now,
    };
    return this.#inTurn.do(() =>
      this.#change({ row, variables: [], pipelines: [] }, changes, async (tables) => {
        await assertNameIsFree(tables, name);
        await assertRoom(tables);
      }),
    );
  }

  /**
   * @throws DeliveryError VARIABLE_GROUP_NOT_FOUND, VARIABLE_GROUP_INVALID, VARIABLE_GROUP_EXISTS
   *   where another has the new name already
   */
  async update(name: string, changes: VariableGroupChanges): Promise<VariableGroup> {
    return this.#inTurn.do(async () => {
      const earlier = await this.#find(name);
      return this.#change(earlier, changes, async (tables) => {
        if (changes.name !== undefined && keyOf(changes.name) !== earlier.row.name_key)
          await assertNameIsFree(tables, changes.name);
      });
    });
  }

  /** @throws DeliveryError VARIABLE_GROUP_NOT_FOUND */
  async get(name: string): Promise<VariableGroup> {
    return describeGroup(await this.#find(name));
  }

  /** By name. */
  async list(limit: number): Promise<readonly VariableGroup[]> {
    return (await listGroups(this.#database, limit)).map(describeGroup);
  }

  /** With its secrets. @throws DeliveryError VARIABLE_GROUP_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#inTurn.do(() => this.#delete(name));
  }

  async #delete(name: string): Promise<void> {
    const { row, variables } = await this.#find(name);
    const secrets = new SecretChanges(this.#secrets);
    secrets.drop(variables.flatMap(({ secret_name }) => secret_name ?? []));
    await secrets.finish(() => this.#database.write((tables) => deleteGroup(tables, row.group_id)));
  }

  /** Why a pipeline cannot use groups that it names: all reasons, none where it can. */
  async problems(names: readonly string[], pipeline: string): Promise<readonly AssetProblem[]> {
    const found = await Promise.all(names.map((name) => this.#problem(name, pipeline)));
    return found.flatMap((problem) => problem ?? []);
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
    throwProblems(await this.problems(names, pipeline));
    const found = names.map(
      async (name) => [name, await this.#values.of(await this.#find(name), pipeline)] as const,
    );
    return new Map(await Promise.all(found));
  }

  async #problem(name: string, pipeline: string): Promise<AssetProblem | null> {
    const found = await findGroup(this.#database.reader, name);
    if (found === null) return notFound(groupKind, name, await groupNames(this.#database.reader));
    const { row, pipelines } = found;
    return isPermitted(row, pipelines, pipeline) ? null : notPermitted(groupKind, name, pipeline);
  }

  async #find(name: string): Promise<StoredGroup> {
    const found = await findGroup(this.#database.reader, name);
    if (found !== null) return found;
    const { code, message } = notFound(groupKind, name, await groupNames(this.#database.reader));
    throw new DeliveryError(code, message);
  }

  async #change(
    earlier: StoredGroup,
    changes: VariableGroupChanges,
    assertStill: (tables: DeliveryWriter) => Promise<void>,
  ): Promise<VariableGroup> {
    const row = changedRow(earlier.row, changes, this.#clock());
    const pipelines = changes.pipelines ?? earlier.pipelines;
    const wanted = await this.#checked(row, earlier, changes);
    const secrets = new SecretChanges(this.#secrets);
    const stored = await secrets.finish(async () => {
      const variables: VariableContent[] = [];
      for (const each of wanted) variables.push(await storable(each, secrets));
      secrets.drop(secretsWithout(earlier, variables));
      return this.#database.write(async (tables) => {
        await assertStill(tables);
        await putGroup(tables, row, variables, pipelines);
        return findGroup(tables, row.name);
      });
    });
    if (stored === null) throw new Error(`the variable group '${row.name}' is gone`);
    return describeGroup(stored);
  }

  /** @throws DeliveryError VARIABLE_GROUP_INVALID with every mistake */
  async #checked(
    row: VariableGroupTable,
    { variables }: StoredGroup,
    changes: VariableGroupChanges,
  ): Promise<readonly WantedVariable[]> {
    const mistakes = new Mistakes();
    checkName(mistakes, 'variable group', row.name);
    checkText(mistakes, 'description', row.description);
    checkPermissions(mistakes, changes);
    const wanted = wantedVariables(mistakes, variables.map(contentOf), changes.variables ?? {});
    const plain = [...wanted.values()].map(({ content }) => [content.name, content.value] as const);
    const values = plain.flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const],
    );
    checkVariableRules(mistakes, row.name, new Map(values));
    await this.#checkWorkspaceSecrets(mistakes, [...wanted.values()]);
    mistakes.throwIfAny('VARIABLE_GROUP_INVALID');
    return [...wanted.values()];
  }

  async #checkWorkspaceSecrets(
    mistakes: Mistakes,
    wanted: readonly WantedVariable[],
  ): Promise<void> {
    for (const { content } of wanted) {
      if (content.workspace_secret === null) continue;
      try {
        await this.#secrets.get(userSecretName(content.workspace_secret));
      } catch (error) {
        if (!(error instanceof RidgelineError) || error.status >= 500) throw error;
        const name = content.workspace_secret;
        mistakes.add(
          `the variable '${content.name}' names the workspace's secret '${name}', which is not there; set it with 'ridgeline secret set'`,
        );
      }
    }
  }
}

function changedRow(
  row: VariableGroupTable,
  { name = row.name, description = row.description, allowAllPipelines }: VariableGroupChanges,
  now: number,
): VariableGroupTable {
  const allow_all_pipelines =
    allowAllPipelines === undefined ? row.allow_all_pipelines : Number(allowAllPipelines);
  return { ...row, name, name_key: keyOf(name), description, allow_all_pipelines, updated_at: now };
}

async function storable(
  { content, newSecret }: WantedVariable,
  secrets: SecretChanges,
): Promise<VariableContent> {
  return newSecret === undefined
    ? content
    : { ...content, secret_name: await secrets.keep(newSecret) };
}

function contentOf(row: VariableContent): VariableContent {
  const { name, value, secret_name, workspace_secret, vault_secret } = row;
  return { name, value, secret_name, workspace_secret, vault_secret };
}

function secretsWithout(earlier: StoredGroup, kept: readonly VariableContent[]): readonly string[] {
  const still = new Set(kept.map(({ secret_name }) => secret_name));
  return earlier.variables.flatMap(({ secret_name }) =>
    secret_name === null || still.has(secret_name) ? [] : [secret_name],
  );
}

async function assertNameIsFree(tables: DeliveryWriter, name: string): Promise<void> {
  if ((await findGroup(tables, name)) === null) return;
  const message = `there is a variable group '${name}' already; change it with 'ridgeline variable-group update', or take another name`;
  throw new DeliveryError('VARIABLE_GROUP_EXISTS', message);
}

async function assertRoom(tables: DeliveryWriter): Promise<void> {
  if ((await groupNames(tables)).length < assetLimits.assets) return;
  const message = `there are ${assetLimits.assets} variable groups already; delete one`;
  throw new DeliveryError('DELIVERY_LIMIT_REACHED', message);
}
