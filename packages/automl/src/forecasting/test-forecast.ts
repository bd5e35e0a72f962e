// How the chosen forecast does on test data, which are rows of the future that the search never saw.
import { type ForecastModel, LearnError } from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import type { SearchNote } from '../search/search-types.ts';
import type { ForecastProblem } from './forecast-problem.ts';
import { metricsOf } from './judge-candidate.ts';

interface Tested {
  readonly metrics: ReadonlyMap<string, number> | null;
  readonly notes: readonly SearchNote[];
}

/** A model is not lost for test data that do not go on from its past: what is wrong is noted. */
export function forecastTestMetrics(
  test: Table | undefined,
  model: ForecastModel,
  problem: Pick<ForecastProblem, 'targetName' | 'range'>,
): Tested {
  if (test === undefined) return { metrics: null, notes: [] };
  try {
    const column = test.column(problem.targetName);
    if (column.type === 'string') return notJudged(`its column '${column.name}' holds no numbers`);
    const rows = Int32Array.from(column.values, (_, row) => row);
    const known = rows.filter((row) => Number.isFinite(column.values[row]));
    if (known.length === 0) return notJudged(`its column '${column.name}' has no values`);
    const truth = Array.from(known, (row) => column.values[row]);
    return { metrics: metricsOf(problem, truth, model.predict(test.takeRows(known))), notes: [] };
  } catch (error) {
    if (error instanceof LearnError) return notJudged(error.message);
    throw error;
  }
}

function notJudged(reason: string): Tested {
  const message = `the model was not judged on the test data: ${reason}`;
  return { metrics: null, notes: [{ code: 'test_not_judged', column: null, message }] };
}
