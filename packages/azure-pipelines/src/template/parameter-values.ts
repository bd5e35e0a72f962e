// Whether a value can be that of a parameter: of its type, and one of its values.

import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { type ObjectValue, objectOf, type Value } from '../expression/value.ts';
import { type Node, textOf } from '../text/node.ts';
import type { NodeValues } from './node-values.ts';
import type { ParameterDeclaration, ParameterDeclarations } from './parameter-declarations.ts';
import type { FitContext } from './parameter-types.ts';

type Declared = Pick<ParameterDeclaration, 'name' | 'typeName' | 'type' | 'values'>;

/** The value as the parameter has it; undefined, and reported, where it cannot be one. */
export function fitDeclared(node: Node, declared: Declared, context: FitContext): Node | undefined {
  const { name, type, values } = declared;
  const { sink } = context;
  const fitted = type.fit(node, context);
  if (fitted === undefined) {
    const message = `Parameter "${name}" takes ${type.expected}, and this is ${describe(node)}.`;
    sink.report('PARAMETER_TYPE_MISMATCH', node.origin, message);
    return undefined;
  }
  if (values === undefined || isAmong(fitted, values)) return fitted;
  const allowed = listNames(values.map((value) => textOf(value) ?? 'a list'));
  const message = `Parameter "${name}" cannot be ${describe(fitted)}. It can be ${allowed}, letter for letter.`;
  sink.report('PARAMETER_VALUE_NOT_ALLOWED', node.origin, message);
  return undefined;
}

/** Of a list each item; numbers by value, texts in the same case. Objects have no values. */
function isAmong(node: Node, values: readonly Node[]): boolean {
  if (node.kind === 'sequence') return node.items.every((item) => isAmong(item, values));
  if (node.kind === 'mapping') return true;
  return values.some((value) => value.kind === 'scalar' && value.value === node.value);
}

function describe(node: Node): string {
  if (node.kind === 'sequence') return 'a list';
  if (node.kind === 'mapping') return 'an object';
  return node.value === null ? 'empty' : `"${shorten(textOf(node) ?? '')}"`;
}

/** The context `parameters`. Of typed parameters only those that are declared can be read. */
export function parameterContext(
  values: ReadonlyMap<string, { readonly name: string; readonly node: Node }>,
  declarations: ParameterDeclarations,
  nodeValues: NodeValues,
): ObjectValue {
  const entries = [...values.values()].map(({ name, node }): [string, Value] => [
    name,
    nodeValues.valueOf(node),
  ]);
  return objectOf(
    entries,
    declarations.form === 'map' ? undefined : (name) => refuse(name, declarations),
  );
}

function refuse(name: string, { byName }: ParameterDeclarations): never {
  const names = [...byName.values()].map((declaration) => declaration.name);
  const known = names.length === 0 ? 'The file declares none.' : `It has ${listNames(names)}.`;
  const hint = didYouMean(name, names) || ` ${known}`;
  const message = `the file has no parameter "${shorten(name)}".${hint}`;
  throw new ExpressionMistake('EXPRESSION_NAME_UNKNOWN', 0, message);
}
