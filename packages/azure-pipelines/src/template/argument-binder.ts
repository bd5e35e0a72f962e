// Gives the parameters of a file their values: those that its caller hands over, and its defaults.

import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import type { ObjectValue } from '../expression/value.ts';
import type { Node } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { checkFile } from './check-file.ts';
import {
  type ParameterDeclaration,
  type ParameterDeclarations,
  readDeclarations,
} from './parameter-declarations.ts';
import { fitText } from './parameter-types.ts';
import { fitDeclared, parameterContext } from './parameter-values.ts';
import type { FlatEntry } from './piece.ts';
import { asFinal } from './scope.ts';
import type { StructureExpander } from './structure-expander.ts';
import type { TemplateFile } from './template-file.ts';

interface Argument {
  readonly name: string;
  readonly node: Node;
}

export class ArgumentBinder {
  readonly #structure: StructureExpander;
  readonly #declarations = new WeakMap<TemplateFile, ParameterDeclarations>();

  constructor(structure: StructureExpander) {
    this.#structure = structure;
  }

  /** `origin`: where the template is named, for parameters that are missing. */
  async bind(
    file: TemplateFile,
    given: FlatEntry | undefined,
    origin: Origin,
  ): Promise<ObjectValue> {
    const declarations = this.declarationsOf(file);
    const values = new Map<string, Argument>();
    for (const entry of this.#entriesOf(given)) {
      const declared = declarations.byName.get(entry.key.text.toLowerCase());
      const node = await this.#argument(entry, declared, declarations);
      const name = declared?.name ?? entry.key.text;
      if (node !== undefined) values.set(name.toLowerCase(), { name, node });
    }
    return this.complete(values, declarations, origin);
  }

  /** Read, and the file checked with them, the first time that it is asked for. */
  declarationsOf(file: TemplateFile): ParameterDeclarations {
    const known = this.#declarations.get(file);
    if (known !== undefined) return known;
    const declarations = readDeclarations(file, this.#expansion.sink);
    this.#declarations.set(file, declarations);
    checkFile(file, declarations, this.#expansion.sink);
    return declarations;
  }

  /** With the defaults of what was not given. `from`: where the template is named; what is missing
   * for a run is told where it is declared. */
  complete(
    values: Map<string, Argument>,
    declarations: ParameterDeclarations,
    from?: Origin,
  ): ObjectValue {
    for (const [key, declared] of declarations.byName) {
      const { name, defaultValue } = declared;
      const origin = from ?? declared.origin;
      this.#expansion.budget.spendWork(origin, 1 / 16);
      if (values.has(key)) continue;
      if (defaultValue !== undefined) values.set(key, { name, node: defaultValue });
      else {
        const message = `A value for the '${name}' parameter must be provided.`;
        this.#expansion.sink.report('PARAMETER_MISSING', origin, message);
        values.set(key, { name, node: { kind: 'scalar', value: null, origin } });
      }
    }
    return parameterContext(values, declarations, this.#expansion.nodeValues);
  }

  reportUnknown(name: string, { byName }: ParameterDeclarations, origin: Origin): void {
    const names = [...byName.values()].map((declaration) => declaration.name);
    const known = names.length === 0 ? ' The template has none.' : ` It has ${listNames(names)}.`;
    const message = `Unexpected parameter '${shorten(name)}'.${didYouMean(name, names) || known}`;
    this.#expansion.sink.report('PARAMETER_UNKNOWN', origin, message);
  }

  get #expansion() {
    return this.#structure.expansion;
  }

  #entriesOf(given: FlatEntry | undefined): readonly FlatEntry[] {
    if (given === undefined) return [];
    const { values, sink } = this.#expansion;
    let { value: node, scope } = given;
    if (node.kind === 'scalar') {
      node = values.expand(node, scope);
      scope = asFinal(scope);
    }
    const flat = node.kind === 'mapping' ? values.flattener.mapping(node, scope) : undefined;
    if (flat?.kind === 'mapping') return flat.entries;
    if (flat?.kind !== 'nothing' && !(node.kind === 'scalar' && node.value === null)) {
      const message =
        'Parameters for a template are names and values. Write "name: value", one a line.';
      sink.report('PARAMETER_TYPE_MISMATCH', node.origin, message);
    }
    return [];
  }

  async #argument(
    { key, value, scope }: FlatEntry,
    declared: ParameterDeclaration | undefined,
    declarations: ParameterDeclarations,
  ): Promise<Node | undefined> {
    const { values, sink, fitContext } = this.#expansion;
    if (declared !== undefined && declarations.form === 'list') {
      const node = await this.#structure.expand(value, declared.type.place, scope);
      if (isWithoutValue(node)) return node;
      return fitDeclared(node, declared, fitContext) ?? declared.defaultValue ?? node;
    }
    if (declarations.form === 'list') {
      this.reportUnknown(key.text, declarations, key.origin);
      return undefined;
    }
    if (declarations.form === 'none') {
      const message = `The template declares no parameters, and is given "${shorten(key.text)}". Declare it, or leave it out.`;
      sink.report('PARAMETER_IGNORED', key.origin, message);
    }
    const node = values.expand(value, scope);
    return fitText(node) ?? node;
  }
}

/** An expression that has been reported: its text stands where its value would. */
function isWithoutValue(node: Node): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith('${{');
}
