// Finds runs by what they are and what was logged to them.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { invalid } from '../checks/check-text.ts';
import { experimentNumber } from '../experiments/experiment.ts';
import type { Condition } from '../search/condition.ts';
import { parseFilter } from '../search/filter-parser.ts';
import { type OrderTerm, parseOrderBy } from '../search/order-by.ts';
import {
  findPage,
  type Page,
  type PageRequest,
  type PageWindow,
  pageWindow,
  toPage,
} from '../search/page.ts';
import { stagesOf, type ViewType } from '../search/view-type.ts';
import { candidateRuns } from './candidate-runs.ts';
import { runCondition } from './run-condition.ts';
import { runKeys } from './run-order.ts';
import { isWanted, type RunQuery } from './run-query.ts';
import { runOrderSpace, runSpace } from './run-search-space.ts';
import type { RunRow, RunTables } from './run-tables.ts';
import { walkRuns } from './run-walk.ts';

export interface RunSearch extends PageRequest {
  /** Runs of these experiments only; an id of no experiment finds nothing. */
  readonly experimentIds: readonly string[];
  /** Such as "metrics.rmse < 60 and params.alpha = '0.5' and attributes.status = 'FINISHED'". */
  readonly filter?: string;
  /** Such as ['metrics.rmse ASC']; ties, and by default all: the latest start first. */
  readonly orderBy?: readonly string[];
  /** Default ACTIVE_ONLY. */
  readonly viewType?: ViewType;
}

const maxExperiments = 10_000;
/** Of what indexes give in order, so many are soon read and merged. */
const maxWalk = 5_000;
const pageBounds = { defaultResults: 1_000, maxResults: 50_000 };

/** A search that was understood. */
export interface CheckedRunSearch {
  readonly query: RunQuery;
  readonly parsed: readonly Condition[];
  readonly window: PageWindow;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkRunSearch(search: RunSearch): CheckedRunSearch {
  const { filter, orderBy } = search;
  const parsed = parseFilter(filter, runSpace);
  const terms = withoutDefault(parseOrderBy(orderBy, runOrderSpace));
  const experimentIds = experimentNumbers(search.experimentIds);
  const stages = stagesOf(search.viewType);
  const asked = ['runs', experimentIds, stages, filter, orderBy];
  return {
    parsed,
    window: pageWindow(search, pageBounds, { keys: runKeys(terms), asked }),
    query: { experimentIds, stages, conditions: parsed.map(runCondition), terms },
  };
}

/** MLflow's pages ask for the default order by name. */
function withoutDefault(terms: readonly OrderTerm[]): readonly OrderTerm[] {
  const [only, ...others] = terms;
  const isDefault = only?.field.key === 'start_time' && only.field.entity === 'attribute';
  return isDefault && only.direction === 'desc' && others.length === 0 ? [] : terms;
}

/**
 * The page, where it costs about what it holds, or comes from few runs. Null where nobody can tell how
 * many runs have to be looked at: then `searchLong` finds it.
 */
export async function searchShort(
  reader: Transaction<RunTables>,
  { query, parsed, window }: CheckedRunSearch,
): Promise<Page<RunRow> | null> {
  const { experimentIds, terms } = query;
  if (experimentIds.length === 0) return toPage([], window);
  const isWalk = parsed.length === 0 && terms[0]?.field.entity !== 'attribute';
  if (isWalk && experimentIds.length * window.limit <= maxWalk) {
    return walkRuns(reader, query, window);
  }
  const candidates = await candidateRuns(reader, experimentIds, parsed);
  if (candidates === null) return null;
  return findPage(runsAmong(reader, candidates, query), window);
}

export async function searchLong(
  reader: Transaction<RunTables>,
  { query, window }: CheckedRunSearch,
): Promise<Page<RunRow>> {
  return walkRuns(reader, query, window);
}

/** Those of these runs that fit: for few, as all of them are asked. */
function runsAmong(
  reader: Transaction<RunTables>,
  candidates: RawBuilder<unknown>,
  query: RunQuery,
) {
  return (
    reader
      .selectFrom(sql<{ run_uuid: string }>`(${candidates})`.as('candidate'))
      // SQLite takes the tables of a cross join in the order in which they stand here.
      .crossJoin('runs')
      .selectAll('runs')
      .whereRef('runs.run_uuid', '=', 'candidate.run_uuid')
      .where(isWanted(query, 'runs'))
  );
}

function experimentNumbers(ids: readonly string[]): readonly number[] {
  const numbers = new Set(ids.map(experimentNumber));
  if (numbers.size > maxExperiments) {
    throw invalid(`experiment_ids has ${numbers.size} ids, at most ${maxExperiments} are allowed`);
  }
  return [...numbers].filter((id) => id !== null).sort((a, b) => a - b);
}
