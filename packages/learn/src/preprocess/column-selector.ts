// ColumnSelector: drops columns that tell a learner nothing, the constant ones and copies of another.

import type { FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { ColumnTransformer } from './column-transformer.ts';
import type { ColumnMap } from './maps/column-map.ts';
import { drop, keep } from './maps/plain-maps.ts';
import type { TransformerEntry } from './transformer-entry.ts';

const columnSelectorParameters = {
  dropConstant: { kind: 'boolean', default: true, doc: 'Drop columns of one value in all rows.' },
  dropDuplicates: {
    kind: 'boolean',
    default: true,
    doc: 'Drop columns that equal an earlier one.',
  },
} as const;

export type ColumnSelectorParameters = ParameterValues<typeof columnSelectorParameters>;

export class ColumnSelector extends ColumnTransformer {
  override readonly name = 'ColumnSelector';
  override readonly parameters: ColumnSelectorParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ColumnSelectorParameters> = {}) {
    super();
    this.parameters = resolveParameters('ColumnSelector', columnSelectorParameters, parameters);
  }

  /** The first column stays where all would go, because a learner needs one. */
  protected override fitMaps(x: FeatureMatrix): readonly ColumnMap[] {
    const { dropConstant, dropDuplicates } = this.parameters;
    const kept = new Map<number, FeatureColumn[]>();
    const isDropped = x.columns.map((column) => {
      if (dropConstant && isConstant(column.values)) return true;
      const hash = hashOf(column.values);
      const alike = kept.get(hash) ?? [];
      if (dropDuplicates && alike.some((other) => areEqual(column, other))) return true;
      kept.set(hash, [...alike, column]);
      return false;
    });
    if (isDropped.every(Boolean)) isDropped[0] = false;
    return isDropped.map((gone) => (gone ? drop : keep));
  }
}

/** All missing counts as constant; some missing does not. */
function isConstant(values: Float64Array): boolean {
  const first = values[0];
  return values.every((value) => value === first || (Number.isNaN(value) && Number.isNaN(first)));
}

function areEqual(a: FeatureColumn, b: FeatureColumn): boolean {
  if (a.kind !== b.kind) return false;
  return a.values.every((value, i) => {
    const other = b.values[i];
    return value === other || (Number.isNaN(value) && Number.isNaN(other));
  });
}

/** Equal columns have equal hashes; adding 0 makes 0 of -0. */
function hashOf(values: Float64Array): number {
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  let hash = 0;
  for (const value of values) {
    number[0] = Number.isNaN(value) ? 0.5 : value + 0;
    hash = Math.imul(hash ^ words[0], 0x01000193);
    hash = Math.imul(hash ^ words[1], 0x01000193);
  }
  return hash;
}

export const columnSelectorEntry: TransformerEntry = {
  name: 'ColumnSelector',
  parameters: columnSelectorParameters,
  doc: 'Drops constant columns and copies of other columns.',
  create: (parameters) => new ColumnSelector(parameters),
};
