// The compile pass: a main file and its templates become one tree without `${{ }}`, templates,
// parameters and `extends`. What the keys of that tree mean is for the schema to say.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { ObjectValue } from '../expression/value.ts';
import { type MappingNode, type Node, textOf, valueAt } from '../text/node.ts';
import { dropTemplateContext } from './drop-template-context.ts';
import { Expansion } from './expansion.ts';
import { ExpansionStopped } from './expansion-budget.ts';
import { nodeOfPlain, queuedNode } from './queue-parameters.ts';
import { RootExpander } from './root-expander.ts';
import { contextNames, type Scope } from './scope.ts';
import { StructureExpander } from './structure-expander.ts';
import type { TemplateFile } from './template-file.ts';
import { TemplateFiles } from './template-files.ts';
import { normalise, selfRepository } from './template-path.ts';
import type { TemplateSource } from './template-source.ts';
import { VariableScope } from './variable-scope.ts';

export interface CompileInput {
  /** Path of the main file, from the root of its repository. */
  readonly file: string;
  readonly source: TemplateSource;
  /** Given when the run was queued. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Of the system, as far as they are known before a run. */
  readonly variables?: ReadonlyMap<string, string>;
}

/** Undefined only where there is nothing to go on with. Where the sink has errors, the tree has the
 * texts of the expressions that have no value, and lacks the templates that are not there. */
export async function expandTemplates(
  input: CompileInput,
  sink: DiagnosticSink,
): Promise<MappingNode | undefined> {
  try {
    return await expand(input, sink);
  } catch (cause) {
    if (cause instanceof ExpansionStopped) return undefined;
    throw cause;
  }
}

/** Undefined, and reported, where there is no such file or it is no mapping. */
export async function openMain(
  { file, source }: Pick<CompileInput, 'file' | 'source'>,
  sink: DiagnosticSink,
): Promise<TemplateFile | undefined> {
  return openIn(new TemplateFiles(source, sink), file);
}

async function openIn(files: TemplateFiles, file: string): Promise<TemplateFile | undefined> {
  const path = normalise(file.replaceAll('\\', '/')) ?? file;
  return files.openPath({ repository: selfRepository, path }, { file: path, line: 1, column: 1 });
}

async function expand(input: CompileInput, sink: DiagnosticSink): Promise<MappingNode | undefined> {
  const expansion = new Expansion(input.source, sink);
  const file = await openIn(expansion.files, input.file);
  if (file === undefined) return undefined;
  const structure = new StructureExpander(expansion);
  const parameters = queueParameters(file, input, structure);
  const variables = VariableScope.of(input.variables ?? new Map());
  const root = await new RootExpander(structure).expand(mainScope(file, parameters, variables));
  return dropTemplateContext(root);
}

function mainScope(file: TemplateFile, parameters: ObjectValue, variables: VariableScope): Scope {
  const around = { locals: new Map(), names: contextNames, via: undefined, depth: 0 };
  return { file, parameters, variables, ...around, isFinal: false };
}

function queueParameters(
  file: TemplateFile,
  { parameters = {} }: CompileInput,
  structure: StructureExpander,
): ObjectValue {
  const { binder, expansion } = structure;
  const declarations = binder.declarationsOf(file);
  const origin = file.parametersNode?.origin ?? file.root.origin;
  const values = webhookPayloads(file, parameters);
  for (const [name, value] of Object.entries(parameters)) {
    const declared = declarations.byName.get(name.toLowerCase());
    if (declared !== undefined) {
      const node = queuedNode(value, declared, expansion.fitContext);
      values.set(name.toLowerCase(), { name: declared.name, node });
    } else if (!values.has(name.toLowerCase())) binder.reportUnknown(name, declarations, origin);
  }
  return binder.complete(values, declarations);
}

/** What a webhook sent stands under its alias; nothing where it was not the webhook that started. */
function webhookPayloads(file: TemplateFile, parameters: Readonly<Record<string, unknown>>) {
  const values = new Map<string, { name: string; node: Node }>();
  const resources = valueAt(file.root, 'resources');
  const webhooks = resources?.kind === 'mapping' ? valueAt(resources, 'webhooks') : undefined;
  for (const webhook of webhooks?.kind === 'sequence' ? webhooks.items : []) {
    const alias = webhook.kind === 'mapping' ? valueAt(webhook, 'webhook') : undefined;
    const name = alias && textOf(alias);
    if (name === undefined) continue;
    const payload = Object.hasOwn(parameters, name) ? parameters[name] : null;
    values.set(name.toLowerCase(), { name, node: nodeOfPlain(payload, webhook.origin) });
  }
  return values;
}
