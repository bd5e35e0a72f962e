// What can be searched by at one site (runs, models, …), as data: the parser and the meaning of a
// filter are the same everywhere, only this differs.
import type { NameToken } from './filter-token.ts';
import { type SearchArgument, searchError } from './search-error.ts';

/** An `id` is written as a text of digits and kept as a number. */
export type FieldType = 'text' | 'number' | 'id';

/** The things with keys that users choose. */
export const keyedEntities = ['metric', 'param', 'tag', 'dataset'] as const;
export type KeyedEntity = (typeof keyedEntities)[number];
export type SearchEntity = KeyedEntity | 'attribute';

/** What stands on the left of a comparison. */
export interface SearchField {
  readonly entity: SearchEntity;
  /** The user's key; of an attribute, the database column. */
  readonly key: string;
  readonly type: FieldType;
  /** Whether it may be compared with a list, by IN and NOT IN. */
  readonly lists: boolean;
  /** Whether it may be asked for by IS NULL and IS NOT NULL. */
  readonly nulls: boolean;
}

export interface SearchAttribute {
  readonly column: string;
  readonly type: FieldType;
  /** Default: of an id only. */
  readonly lists?: boolean;
}

export interface SearchSpace {
  /** The plural noun of messages: runs, registered models. */
  readonly noun: string;
  readonly entities: readonly KeyedEntity[];
  /** Those of `entities` that may be compared with a list; default none. */
  readonly lists?: readonly KeyedEntity[];
  /** Those of `entities` that may be asked for by IS NULL; default none. */
  readonly nulls?: readonly KeyedEntity[];
  /** By the name that the user writes. */
  readonly attributes: ReadonlyMap<string, SearchAttribute>;
}

// The words that MLflow takes for each.
const entityWords = new Map<string, SearchEntity>([
  ['metric', 'metric'],
  ['metrics', 'metric'],
  ['param', 'param'],
  ['params', 'param'],
  ['parameter', 'param'],
  ['parameters', 'param'],
  ['tag', 'tag'],
  ['tags', 'tag'],
  ['dataset', 'dataset'],
  ['datasets', 'dataset'],
  ['attribute', 'attribute'],
  ['attributes', 'attribute'],
  ['attr', 'attribute'],
  ['run', 'attribute'],
]);

const words = { metric: 'metrics', param: 'params', tag: 'tags', dataset: 'dataset' } as const;
const datasetKeys: readonly string[] = ['name', 'digest', 'context'];

/** @throws RidgelineError INVALID_PARAMETER_VALUE for a name that means nothing in this space. */
export function resolveField(
  space: SearchSpace,
  name: NameToken,
  argument: SearchArgument,
  text: string,
): SearchField {
  const fail = (problem: string) => searchError(argument, text, name.offset, problem);
  const [first = '', ...rest] = name.parts;
  const entity = rest.length === 0 ? 'attribute' : entityWords.get(first);
  if (entity === undefined || !(entity === 'attribute' || space.entities.includes(entity))) {
    const valid = [...space.entities.map((word) => words[word]), 'attributes'].join(', ');
    throw fail(`'${first}' is nothing that ${space.noun} have; expected one of ${valid}`);
  }
  if (entity === 'attribute') {
    return attributeField(space, rest.length === 0 ? first : rest.join('.'), fail);
  }
  const key = rest.join('.');
  if (entity === 'dataset' && !datasetKeys.includes(key)) {
    throw fail(`a dataset has no '${key}'; expected one of ${datasetKeys.join(', ')}`);
  }
  const type = entity === 'metric' ? 'number' : 'text';
  const { lists = [], nulls = [] } = space;
  return { entity, key, type, lists: lists.includes(entity), nulls: nulls.includes(entity) };
}

function attributeField(
  { noun, attributes }: SearchSpace,
  name: string,
  fail: (problem: string) => Error,
): SearchField {
  const attribute = attributes.get(name);
  if (attribute === undefined) {
    const valid = [...attributes.keys()].join(', ');
    throw fail(`${noun} have no attribute '${name}'; expected one of ${valid}`);
  }
  const { column, type, lists = type === 'id' } = attribute;
  return { entity: 'attribute', key: column, type, lists, nulls: false };
}
