// One comparison of a filter, and which comparators a field takes.
import type { FieldType, SearchField } from './search-space.ts';

export const comparators = ['=', '!=', '<', '<=', '>', '>=', 'LIKE', 'ILIKE'] as const;
export type Comparator = (typeof comparators)[number];

/** `value` has the type of `field`. */
export interface Comparison {
  readonly field: SearchField;
  readonly comparator: Comparator;
  readonly value: string | number;
}

export interface ListComparison {
  readonly field: SearchField;
  readonly comparator: 'IN' | 'NOT IN';
  /** At least one. */
  readonly values: readonly (string | number)[];
}

export interface NullCheck {
  readonly field: SearchField;
  readonly comparator: 'IS NULL' | 'IS NOT NULL';
}

export type ValueCondition = Comparison | ListComparison;
export type Condition = ValueCondition | NullCheck;

const comparatorsOfType: Readonly<Record<FieldType, readonly Comparator[]>> = {
  text: ['=', '!=', 'LIKE', 'ILIKE'],
  number: ['=', '!=', '<', '<=', '>', '>='],
  id: ['=', '!='],
};

export function comparatorsOf({
  type,
  lists,
  nulls,
}: SearchField): readonly Condition['comparator'][] {
  return [
    ...comparatorsOfType[type],
    ...(lists ? (['IN', 'NOT IN'] as const) : []),
    ...(nulls ? (['IS NULL', 'IS NOT NULL'] as const) : []),
  ];
}

export function isNullCheck(condition: Condition): condition is NullCheck {
  return condition.comparator === 'IS NULL' || condition.comparator === 'IS NOT NULL';
}
