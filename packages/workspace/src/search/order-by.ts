// Reads the clauses of an order_by: a name, and ASC (the default) or DESC.
import { checkText, invalid } from '../checks/check-text.ts';
import { tokenize } from './filter-lexer.ts';
import { searchError } from './search-error.ts';
import { resolveField, type SearchField, type SearchSpace } from './search-space.ts';

export interface OrderTerm {
  readonly field: SearchField;
  readonly direction: 'asc' | 'desc';
}

const maxTerms = 20;
const maxClauseLength = 1_000;

/**
 * @param clauses such as ['metrics.rmse DESC', 'start_time'].
 * @throws RidgelineError INVALID_PARAMETER_VALUE
 */
export function parseOrderBy(
  clauses: readonly string[] | undefined,
  space: SearchSpace,
): readonly OrderTerm[] {
  if (clauses === undefined) return [];
  if (clauses.length > maxTerms) throw invalid(`order_by has more than ${maxTerms} clauses`);
  const terms = clauses.map((clause) => parseTerm(clause, space));
  const names = terms.map(({ field }) => JSON.stringify([field.entity, field.key]));
  const twice = clauses.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (twice !== undefined) throw invalid(`order_by contains '${twice}' more than once`);
  return terms;
}

function parseTerm(clause: string, space: SearchSpace): OrderTerm {
  checkText('order_by', clause, maxClauseLength);
  const [name, word, end] = tokenize('order_by', clause);
  if (name?.kind !== 'name') {
    throw searchError('order_by', clause, 0, 'expected a name such as metrics.rmse');
  }
  const field = resolveField(space, name, 'order_by', clause);
  if (word === undefined || word.kind === 'end') return { field, direction: 'asc' };
  const direction = word.text.toLowerCase();
  if ((direction !== 'asc' && direction !== 'desc') || end?.kind !== 'end') {
    throw searchError('order_by', clause, word.offset, `expected ASC or DESC after ${name.text}`);
  }
  return { field, direction };
}
