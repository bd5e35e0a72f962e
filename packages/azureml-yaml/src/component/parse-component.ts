// The reader of components.
import { convertAssetFields } from '../convert/asset-fields.ts';
import type { ComponentBody } from '../convert/components.ts';
import { Components } from '../convert/components.ts';
import { convertComponent } from '../convert/convert-component.ts';
import { convertJobOutputs } from '../convert/convert-output.ts';
import { booleanAt, stringAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { condaFilesOf, environmentOf } from '../job/conda-files.ts';
import { allSteps, codeOf, isLocalPath } from '../job/local-paths.ts';
import type { ComponentOptions } from '../job/parse-job.ts';
import { parseFile } from '../parse-file.ts';
import { componentSchema } from '../schema/step-schema.ts';
import type { MapToken } from '../text/token.ts';
import type { ComponentDefinition } from './component-definition.ts';

export interface ParsedComponent {
  /** Null when any diagnostic is an error. */
  readonly component: ComponentDefinition | null;
  /** In the order of the file, then those of each component's file that it names. */
  readonly diagnostics: readonly Diagnostic[];
  /** As `parseJob` has it. */
  readonly missingComponents: readonly string[];
}

/** Reads `commandComponent.schema.json` and those of pipelines and parallel runs. Never throws on
 * any text. */
export function parseComponent(text: string, options: ComponentOptions): ParsedComponent {
  const components = new Components(options.components, convertComponent);
  const reader = {
    schema: componentSchema,
    convert: (root: MapToken, sink: DiagnosticSink) => convertDefinition(root, sink, components),
  };
  const { result, diagnostics } = parseFile(text, options, 'component', () => reader);
  return { component: result, diagnostics, missingComponents: components.missing };
}

function convertDefinition(
  root: MapToken,
  sink: DiagnosticSink,
  components: Components,
): ComponentDefinition {
  if (!root.entries.has('name')) {
    sink.report('KEY_MISSING', root.offset, "a component needs the key 'name'; add 'name: …'");
  }
  const file = { sink, base: '.', components, depth: 0 };
  const component = convertComponent(root, file, 'the component', null);
  const { body } = component ?? {};
  return {
    ...convertAssetFields(root, sink),
    type: body?.type ?? 'command',
    displayName: stringAt(root, 'display_name'),
    isDeterministic: booleanAt(root, 'is_deterministic') ?? true,
    inputs: component?.inputs ?? new Map(),
    outputs: convertJobOutputs(root, sink),
    code: body === undefined ? [] : [...new Set(codeIn(body))],
    condaFiles: body === undefined ? [] : condaFilesOf(environmentsIn(body)),
  };
}

function codeIn(body: ComponentBody): string[] {
  const code =
    body.type === 'pipeline'
      ? allSteps(body.graph.steps).map(codeOf)
      : [body.type === 'command' ? body.fields.code : body.fields.task.code];
  return code.filter(isLocalPath);
}

function environmentsIn(body: ComponentBody): (string | null)[] {
  if (body.type === 'pipeline') return allSteps(body.graph.steps).map(environmentOf);
  return [body.type === 'command' ? body.fields.environment : body.fields.task.environment];
}
