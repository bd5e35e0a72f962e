// The tag in which MLflow's clients before 3.0 keep what models a run has logged: a JSON array.
import type { Transaction } from 'kysely';
import { invalid } from '../checks/check-text.ts';
import type { KeyValue } from '../key-values.ts';
import { checkTag } from './check-batch.ts';
import type { RunTables } from './run-tables.ts';

const key = 'mlflow.log-model.history';

/** The tag with one model more. @throws RidgelineError INVALID_PARAMETER_VALUE */
export async function modelHistoryTag(
  reader: Transaction<RunTables>,
  runId: string,
  model: object,
): Promise<KeyValue> {
  const stored = await reader
    .selectFrom('tags')
    .select('value')
    .where('run_uuid', '=', runId)
    .where('key', '=', key)
    .executeTakeFirst();
  return checkTag({ key, value: JSON.stringify([...listOf(stored?.value ?? '[]'), model]) });
}

function listOf(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {
    // Said below.
  }
  throw invalid(`tag ${key} holds no list of models; delete it, or write one into it`);
}
