// Writes a variable group: its new secrets into the workspace's store, then its rows, and what is not
// needed any more is taken away.
import type { Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';
import { SecretChanges } from '../asset-secrets.ts';
import type { WantedGroup } from './change-group.ts';
import { ownSecrets, putGroup, type StoredGroup } from './group-store.ts';
import type { VariableContent, WantedVariable } from './variable-changes.ts';

export interface GroupKeeper {
  readonly database: DeliveryDatabase;
  readonly secrets: Secrets;
}

/** @param assertStill in the transaction: that it may be written yet. */
export async function keepGroup(
  { row, variables, pipelines }: WantedGroup,
  earlier: StoredGroup,
  { database, secrets }: GroupKeeper,
  assertStill: (tables: DeliveryWriter) => Promise<void>,
): Promise<void> {
  const changes = new SecretChanges(secrets);
  await changes.finish(async () => {
    const contents: VariableContent[] = [];
    for (const each of variables) contents.push(await storable(each, changes));
    changes.drop(secretsWithout(earlier, contents));
    await database.write(async (tables) => {
      await assertStill(tables);
      await putGroup(tables, row, contents, pipelines);
    });
  });
}

async function storable(
  { content, newSecret }: WantedVariable,
  secrets: SecretChanges,
): Promise<VariableContent> {
  return newSecret === undefined
    ? content
    : { ...content, secret_name: await secrets.keep(newSecret) };
}

function secretsWithout(earlier: StoredGroup, kept: readonly VariableContent[]): readonly string[] {
  const still = new Set(kept.map(({ secret_name }) => secret_name));
  return ownSecrets(earlier).filter((name) => !still.has(name));
}
