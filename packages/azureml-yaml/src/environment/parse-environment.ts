// The reader of environments.
import { dataPathKind } from '../asset/data-path.ts';
import { convertAssetFields } from '../convert/asset-fields.ts';
import { mapAt, stringAt, stringTokenAt, valueAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { environmentSchema } from '../schema/asset-schemas.ts';
import { plainMap } from '../text/plain-value.ts';
import type { MapToken } from '../text/token.ts';
import type { CondaFile, EnvironmentDefinition } from './environment-definition.ts';

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

function condaFileAt(root: MapToken, sink: DiagnosticSink): CondaFile | null {
  const token = valueAt(root, 'conda_file');
  if (token?.kind === 'map') return { kind: 'inline', data: plainMap(token) };
  const path = localPathAt(root, 'conda_file', sink);
  return path === '' ? null : { kind: 'file', path };
}

function localPathAt(map: MapToken, key: string, sink: DiagnosticSink): string {
  const token = stringTokenAt(map, key);
  if (token === null) return '';
  if (dataPathKind(token.value) === 'local') return token.value;
  const message = `'${key}: ${shorten(token.value)}' is not a local path; write the path of a file beside this one`;
  sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
  return token.value;
}

/** An image and a build context are two answers to one question. */
function checkSources(root: MapToken, sink: DiagnosticSink): void {
  const { entries } = root;
  const build = entries.get('build');
  const other = entries.get('image') ?? entries.get('conda_file');
  if (build !== undefined && other !== undefined) {
    const message = `'build' stands beside '${other.key}', which it takes the place of; remove one of them`;
    sink.report('KEY_CONFLICT', build.keyOffset, message);
  }
  if (build === undefined && other === undefined) {
    const message = "an environment needs 'conda_file', 'image' or 'build'; add one of them";
    sink.report('KEY_MISSING', root.offset, message);
  }
}
