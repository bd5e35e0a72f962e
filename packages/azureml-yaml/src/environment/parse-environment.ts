// The reader of environments.
import { convertAssetFields } from '../convert/asset-fields.ts';
import { mapAt, stringAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { environmentSchema } from '../schema/asset-schemas.ts';
import type { MapToken } from '../text/token.ts';
import type { EnvironmentDefinition } from './environment-definition.ts';
import { checkSources, condaFileAt, localPathAt } from './environment-sources.ts';

export interface ParsedEnvironment {
  /** Null when any diagnostic is an error. */
  readonly environment: EnvironmentDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `environment.schema.json`. Never throws on any text. */
export function parseEnvironment(text: string, options: ParseOptions): ParsedEnvironment {
  const reader = { schema: environmentSchema, convert: convertEnvironment };
  const { result, diagnostics } = parseFile(text, options, 'environment', () => reader);
  return { environment: result, diagnostics };
}

function convertEnvironment(root: MapToken, sink: DiagnosticSink): EnvironmentDefinition {
  const build = mapAt(root, 'build');
  checkSources(root, sink);
  return {
    ...convertAssetFields(root, sink),
    image: stringAt(root, 'image'),
    condaFile: condaFileAt(root, sink),
    build:
      build === null
        ? null
        : {
            path: localPathAt(build, 'path', sink),
            dockerfilePath: stringAt(build, 'dockerfile_path'),
          },
  };
}
