// A run filter as a tree: what a query of the run history asks for.
import type { FilterValue } from './run-filter-token.ts';

export const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

export const textFunctions = ['startswith', 'endswith', 'contains'] as const;
export type TextFunction = (typeof textFunctions)[number];

export type RunFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly terms: readonly RunFilter[] }
  | { readonly kind: 'or'; readonly terms: readonly RunFilter[] }
  | { readonly kind: 'not'; readonly term: RunFilter }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly path: string;
      readonly value: FilterValue;
      readonly offset: number;
    }
  | {
      readonly kind: 'in';
      readonly path: string;
      readonly values: readonly FilterValue[];
      readonly offset: number;
    }
  | {
      readonly kind: 'text';
      readonly call: TextFunction;
      readonly path: string;
      readonly value: string;
      readonly offset: number;
    };
