// What can be searched by at one site (runs, models, …), as data: the parser and the meaning of a
// filter are the same everywhere, only this differs.
import type { NameToken } from './filter-token.ts';
import { type SearchArgument, searchError } from './search-error.ts';

export type FieldType = 'text' | 'number';

/** The things with keys that users choose. */
export const keyedEntities = ['metric', 'param', 'tag'] as const;
export type KeyedEntity = (typeof keyedEntities)[number];

/** What stands on the left of a comparison. */
export interface SearchField {
  readonly entity: KeyedEntity | 'attribute';
  /** The user's key; of an attribute, the database column. */
  readonly key: string;
  readonly type: FieldType;
}

export interface SearchAttribute {
  readonly column: string;
  readonly type: FieldType;
}

export interface SearchSpace {
  /** The plural noun of messages: runs, registered models. */
  readonly noun: string;
  readonly entities: readonly KeyedEntity[];
  /** By the name that the user writes. */
  readonly attributes: ReadonlyMap<string, SearchAttribute>;
}

// The words that MLflow takes for each.
const entityWords = new Map<string, KeyedEntity | 'attribute'>([
  ['metric', 'metric'],
  ['metrics', 'metric'],
  ['param', 'param'],
  ['params', 'param'],
  ['parameter', 'param'],
  ['parameters', 'param'],
  ['tag', 'tag'],
  ['tags', 'tag'],
  ['attribute', 'attribute'],
  ['attributes', 'attribute'],
  ['attr', 'attribute'],
  ['run', 'attribute'],
]);

const words = { metric: 'metrics', param: 'params', tag: 'tags' } as const;

/** @throws RidgelineError INVALID_PARAMETER_VALUE for a name that means nothing in this space. */
export function resolveField(
  space: SearchSpace,
  name: NameToken,
  argument: SearchArgument,
  text: string,
): SearchField {
  const [first = '', ...rest] = name.parts;
  const entity = rest.length === 0 ? 'attribute' : entityWords.get(first);
  if (entity === undefined || !(entity === 'attribute' || space.entities.includes(entity))) {
    const valid = [...space.entities.map((word) => words[word]), 'attributes'].join(', ');
    const problem = `'${first}' is nothing that ${space.noun} have; expected one of ${valid}`;
    throw searchError(argument, text, name.offset, problem);
  }
  if (entity !== 'attribute') {
    return { entity, key: rest.join('.'), type: entity === 'metric' ? 'number' : 'text' };
  }
  const attributeName = rest.length === 0 ? first : rest.join('.');
  const attribute = space.attributes.get(attributeName);
  if (attribute === undefined) {
    const valid = [...space.attributes.keys()].join(', ');
    const problem = `${space.noun} have no attribute '${attributeName}'; expected one of ${valid}`;
    throw searchError(argument, text, name.offset, problem);
  }
  return { entity, key: attribute.column, type: attribute.type };
}
