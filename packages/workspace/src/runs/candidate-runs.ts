// Of the conditions of a search, the one that few runs meet, if only that they are of these experiments:
// an index names those runs, and all else of the search is asked of them alone.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { compare } from '../search/comparison-sql.ts';
import { type Condition, isNullCheck } from '../search/condition.ts';
import { indexedPart, indexedPartOf } from './indexed-text.ts';
import { loggedTable } from './run-condition.ts';
import type { RunTables } from './run-tables.ts';

/**
 * To look at so many runs, wherever they lie, and to sort them costs about as much as to walk along all
 * runs until a page of those is full that more than so many of 100,000 are.
 */
const maxCandidates = 2_000;
// Each costs a look of its own.
const maxConditionsTried = 8;
// The statement names them twice, and may have so many parameters only.
const maxExperiments = 1_000;

/** Null where no condition is known to be met by few, and the experiments have many runs. */
export async function candidateRuns(
  reader: Transaction<RunTables>,
  experimentIds: readonly number[],
  conditions: readonly Condition[],
): Promise<RawBuilder<unknown> | null> {
  if (experimentIds.length > maxExperiments) return null;
  let fewest = maxCandidates;
  let best: RawBuilder<unknown> | null = null;
  const met = conditions.map((condition) => indexedRuns(condition, experimentIds));
  const tried = met.filter((each) => each !== null).slice(0, maxConditionsTried);
  for (const runs of [...tried, runsOfExperiments(experimentIds)]) {
    const count = await countUpTo(reader, runs, fewest);
    if (count >= fewest) continue;
    fewest = count;
    best = runs;
  }
  return best;
}

async function countUpTo(
  reader: Transaction<RunTables>,
  runs: RawBuilder<unknown>,
  limit: number,
): Promise<number> {
  const query = sql<{ count: number }>`
    select count(*) as count from (${runs} limit ${sql.lit(limit)}) as found`;
  const { rows } = await query.execute(reader);
  return Number(rows[0]?.count);
}

function runsOfExperiments(experimentIds: readonly number[]): RawBuilder<unknown> {
  return sql`select run_uuid from runs where runs.experiment_id in (${sql.join(experimentIds)})`;
}

/** The ids of the runs that meet it, where an index has them. */
function indexedRuns(
  condition: Condition,
  experimentIds: readonly number[],
): RawBuilder<unknown> | null {
  const { field, comparator } = condition;
  if (field.entity === 'attribute') {
    const isId = field.key === 'run_uuid' && (comparator === '=' || comparator === 'IN');
    if (!isId) return null;
    return sql`select run_uuid from runs where ${compare(sql.ref('run_uuid'), condition)}`;
  }
  if (field.entity === 'dataset' || comparator === 'IS NULL') return null;
  const holds = indexedComparison(condition);
  if (holds === null) return null;
  return sql`select run_uuid from ${sql.table(loggedTable(field))} as logged
    where logged.experiment_id in (${sql.join(experimentIds)}) and logged.key = ${field.key} ${holds}`;
}

function indexedComparison(condition: Condition): RawBuilder<unknown> | null {
  if (isNullCheck(condition)) return sql``;
  const { field, comparator } = condition;
  const value = sql.ref('logged.value');
  if (field.entity === 'metric') {
    if (comparator === '!=') return null;
    return sql`and logged.is_nan = false and ${compare(value, condition)}`;
  }
  if (comparator !== '=') return null;
  return sql`and ${indexedPart(value)} = ${indexedPartOf(String(condition.value))}
    and ${compare(value, condition)}`;
}
