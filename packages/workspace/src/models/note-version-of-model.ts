// A logged model says in a tag as which versions it is registered, as MLflow has it: a JSON array.
import type { Transaction } from 'kysely';
import type { LoggedModelTables } from '../logged-models/logged-model-tables.ts';
import { putLoggedModelTags } from '../logged-models/write-logged-models.ts';

export const modelVersionsTag = 'mlflow.modelVersions';

export async function noteVersionOfModel(
  writer: Transaction<LoggedModelTables>,
  modelId: string,
  version: { readonly name: string; readonly version: number },
): Promise<void> {
  const stored = await writer
    .selectFrom('logged_model_tags')
    .select('value')
    .where('model_id', '=', modelId)
    .where('key', '=', modelVersionsTag)
    .executeTakeFirst();
  const value = JSON.stringify([...listOf(stored?.value), version]);
  await putLoggedModelTags(writer, modelId, [{ key: modelVersionsTag, value }]);
}

/** Anybody may have set the tag to anything: what is no list is written over. */
function listOf(text = '[]'): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
