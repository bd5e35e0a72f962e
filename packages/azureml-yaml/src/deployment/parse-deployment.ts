// The reader of managed online deployments.
import { type AssetReference, readAssetReference } from '../asset/asset-reference.ts';
import { codeAt, environmentAt, modelAt } from '../convert/check-strings.ts';
import { mapAt, numberAt, stringAt, stringTokenAt, textMapAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { deploymentSchema } from '../schema/deployment-schema.ts';
import type { MapToken } from '../text/token.ts';

export interface OnlineDeployment {
  readonly name: string;
  readonly endpointName: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  readonly model: AssetReference;
  /** `code`: a local folder as written; `scoringScript`: a path within it. */
  readonly codeConfiguration: { readonly code: string; readonly scoringScript: string } | null;
  readonly environment: string | null;
  readonly environmentVariables: ReadonlyMap<string, string>;
  readonly instanceCount: 1;
  readonly instanceType: string | null;
  /** 1 to 180000; null means the server's default (Azure ML's is 5000). */
  readonly requestTimeoutMs: number | null;
}

export interface ParsedDeployment {
  /** Null when any diagnostic is an error. */
  readonly deployment: OnlineDeployment | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `managedOnlineDeployment.schema.json`. Never throws on any text. */
export function parseDeployment(text: string, options: ParseOptions): ParsedDeployment {
  const reader = { schema: deploymentSchema, convert: convertDeployment };
  const { result, diagnostics } = parseFile(text, options, 'deployment', () => reader);
  return { deployment: result, diagnostics };
}

function convertDeployment(root: MapToken, sink: DiagnosticSink): OnlineDeployment {
  return {
    name: stringAt(root, 'name') ?? '',
    endpointName: stringAt(root, 'endpoint_name') ?? '',
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
    properties: textMapAt(root, 'properties'),
    model: readAssetReference(modelAt(root, sink) ?? '') ?? {
      name: '',
      version: null,
      label: null,
    },
    codeConfiguration: convertCodeConfiguration(mapAt(root, 'code_configuration'), sink),
    environment: environmentAt(root, sink),
    environmentVariables: textMapAt(root, 'environment_variables'),
    instanceCount: 1,
    instanceType: stringAt(root, 'instance_type'),
    requestTimeoutMs: numberAt(mapAt(root, 'request_settings'), 'request_timeout_ms'),
  };
}

function convertCodeConfiguration(
  map: MapToken | null,
  sink: DiagnosticSink,
): OnlineDeployment['codeConfiguration'] {
  const code = codeAt(map, sink);
  const script = stringTokenAt(map, 'scoring_script');
  if (script !== null && leavesFolder(script.value)) {
    const message = `scoring_script '${shorten(script.value)}' must be a path inside the code folder; remove '..' and the leading '/'`;
    sink.report('PATH_LEAVES_FOLDER', script.offset, message);
  }
  if (code === null || script === null) return null;
  return { code, scoringScript: script.value };
}

function leavesFolder(path: string): boolean {
  const parts = path.split(/[/\\]/);
  return /^(?:[/\\]|[A-Za-z]:)/.test(path) || parts.includes('..');
}
