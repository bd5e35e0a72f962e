// What a file says of its parameters: a list with types, or the older map of names and defaults.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { MappingNode, Node } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { DeclarationReader } from './declaration-reader.ts';
import { isLiteral } from './literals.ts';
import { anyValue, fitText, type ParameterType } from './parameter-types.ts';
import type { TemplateFile } from './template-file.ts';

export interface ParameterDeclaration {
  /** As written; compared in any case. */
  readonly name: string;
  readonly displayName: string;
  readonly typeName: string;
  readonly type: ParameterType;
  /** Fits the type and the values. */
  readonly defaultValue?: Node;
  /** All that are allowed; undefined where any is. */
  readonly values?: readonly Node[];
  readonly origin: Origin;
}

export interface ParameterDeclarations {
  /** `map`: the older form, where values that are not declared are taken too, and scalars are texts.
   * `none`: the file says nothing of parameters, and any are taken. */
  readonly form: 'list' | 'map' | 'none';
  /** By lower-cased name, in the order of the file. */
  readonly byName: ReadonlyMap<string, ParameterDeclaration>;
}

type Declared = Map<string, ParameterDeclaration>;

export function readDeclarations(file: TemplateFile, sink: DiagnosticSink): ParameterDeclarations {
  const node = file.parametersNode;
  if (node === undefined) return { form: 'none', byName: new Map() };
  if (node.kind === 'mapping') return { form: 'map', byName: readMap(node, sink) };
  if (node.kind === 'sequence') return { form: 'list', byName: readList(node.items, file, sink) };
  if (node.value !== null) {
    const message = 'Parameters are a list. Write for example "- name: environment".';
    sink.report('PARAMETER_DECLARATION_INVALID', node.origin, message);
  }
  return { form: 'list', byName: new Map() };
}

function readMap(node: MappingNode, sink: DiagnosticSink): Declared {
  const byName: Declared = new Map();
  for (const { key, value } of node.entries) {
    if (!isLiteral(value, sink)) continue;
    const defaultValue = fitText(value) ?? value;
    const names = { name: key.text, displayName: key.text, typeName: 'legacyObject' };
    const declaration = { ...names, type: anyValue, defaultValue, origin: key.origin };
    byName.set(key.text.toLowerCase(), declaration);
  }
  return byName;
}

function readList(items: readonly Node[], file: TemplateFile, sink: DiagnosticSink): Declared {
  const isPlain = file.isPlain.bind(file);
  const reader = new DeclarationReader({ sink, isPlain });
  const byName: Declared = new Map();
  for (const item of items) {
    if (item.kind === 'mapping') add(byName, reader.read(item), sink);
    else {
      const message =
        'A parameter is declared with its name. Write "- name: …" with type and default.';
      sink.report('PARAMETER_DECLARATION_INVALID', item.origin, message);
    }
  }
  return byName;
}

function add(
  byName: Declared,
  declaration: ParameterDeclaration | undefined,
  sink: DiagnosticSink,
): void {
  if (declaration === undefined) return;
  const { name, origin } = declaration;
  const first = byName.get(name.toLowerCase());
  if (first === undefined) byName.set(name.toLowerCase(), declaration);
  else {
    const message = `Parameter "${name}" is declared on line ${first.origin.line} already. Names are the same in any case.`;
    sink.report('PARAMETER_DECLARATION_INVALID', origin, message);
  }
}
