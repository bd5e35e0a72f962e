// The functions that every place has, by lower-cased name.
import { collectionFunctions } from './collection-functions.ts';
import { comparisonFunctions } from './comparison-functions.ts';
import { formatFunction } from './format-function.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { logicFunctions } from './logic-functions.ts';
import { textFunctions } from './text-functions.ts';

export const genericFunctions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    ...logicFunctions,
    ...comparisonFunctions,
    ...textFunctions,
    ...collectionFunctions,
    formatFunction,
  ].map((definition) => [definition.name.toLowerCase(), definition]),
);
