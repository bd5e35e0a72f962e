// One parameter of a list: its name, type, values and default.

import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import type { KeyNode, MappingNode } from '../text/node.ts';
import { entryOf, textOf, valueAt } from '../text/node.ts';
import { isLiteral } from './literals.ts';
import type { ParameterDeclaration } from './parameter-declarations.ts';
import { type FitContext, parameterTypes } from './parameter-types.ts';
import { fitDeclared } from './parameter-values.ts';

const keys: ReadonlySet<string> = new Set(['name', 'displayName', 'type', 'default', 'values']);
const stringType = 'string';

export class DeclarationReader {
  readonly #context: FitContext;

  constructor(context: FitContext) {
    this.#context = context;
  }

  /** Undefined, and reported, for one without a name. */
  read(item: MappingNode): ParameterDeclaration | undefined {
    for (const { key } of item.entries) if (!keys.has(key.text)) this.#reportKey(key);
    const entry = entryOf(item, 'name');
    const name = entry === undefined ? undefined : textOf(entry.value);
    if (entry === undefined || name === undefined || !/^[A-Za-z_][\w-]*$/.test(name)) {
      const found = name === undefined ? 'has no name' : `has the name "${shorten(name)}"`;
      const message = `A parameter ${found}. Give it one of letters, digits and underscores.`;
      const { origin } = entry?.value ?? item;
      this.#context.sink.report('PARAMETER_DECLARATION_INVALID', origin, message);
      return undefined;
    }
    const display = valueAt(item, 'displayName');
    const displayName = (display && textOf(display)) ?? name;
    const typeName = this.#typeName(item);
    const type = parameterTypes.get(typeName);
    if (type === undefined) return undefined;
    const base = { name, displayName, typeName, type, origin: entry.value.origin };
    return this.#withDefault(this.#withValues(base, item), item);
  }

  #typeName(item: MappingNode): string {
    const node = valueAt(item, 'type');
    const name = node === undefined ? stringType : (textOf(node) ?? '');
    if (node === undefined || parameterTypes.has(name)) return name;
    const types = parameterTypes.keys();
    const hint = didYouMean(name, types) || ` Types are ${[...parameterTypes.keys()].join(', ')}.`;
    const message = `There is no parameter type "${shorten(name)}".${hint}`;
    this.#context.sink.report('PARAMETER_DECLARATION_INVALID', node.origin, message);
    // As text, so that the uses of the parameter are not reported as well.
    return stringType;
  }

  #withValues(base: ParameterDeclaration, item: MappingNode): ParameterDeclaration {
    const node = valueAt(item, 'values');
    if (node === undefined || !isLiteral(node, this.#context.sink)) return base;
    if (node.kind !== 'sequence') {
      const message = `The values of parameter "${base.name}" are a list. Write them one a line with "- ".`;
      this.#context.sink.report('PARAMETER_DECLARATION_INVALID', node.origin, message);
      return base;
    }
    // Of a list each item is one of the values.
    const single = { ...base, type: base.type.item ?? base.type };
    const fitted = node.items.map((value) => fitDeclared(value, single, this.#context));
    return { ...base, values: fitted.filter((value) => value !== undefined) };
  }

  #withDefault(base: ParameterDeclaration, item: MappingNode): ParameterDeclaration {
    const node = valueAt(item, 'default');
    if (node === undefined) return base;
    const isFit = isLiteral(node, this.#context.sink);
    const fitted = isFit ? fitDeclared(node, base, this.#context) : node;
    return { ...base, defaultValue: fitted ?? node };
  }

  #reportKey(key: KeyNode): void {
    const hint = didYouMean(key.text, keys) || ` It has ${listNames(keys)}.`;
    const message = `A parameter has no "${shorten(key.text)}".${hint}`;
    this.#context.sink.report('PARAMETER_DECLARATION_INVALID', key.origin, message);
  }
}
