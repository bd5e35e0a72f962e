// The reader of data assets.
import { readAssetReference } from '../asset/asset-reference.ts';
import { dataPathAt } from '../convert/check-strings.ts';
import { stringAt, stringTokenAt, textAt, textMapAt, valueAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { dataAssetSchema } from '../schema/data-schema.ts';
import type { MapToken } from '../text/token.ts';

export interface DataAssetDefinition {
  readonly name: string;
  /** Null: the workspace takes the next one. `version: 1.10` is the text `1.10`. */
  readonly version: string | null;
  /** Default `uri_folder`, as in Azure ML. */
  readonly type: 'uri_file' | 'uri_folder';
  /** A local path or `azureml://datastores/…`, as written. */
  readonly path: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
}

export interface ParsedDataAsset {
  /** Null when any diagnostic is an error. */
  readonly dataAsset: DataAssetDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `data.schema.json`. Never throws on any text. */
export function parseDataAsset(text: string, options: ParseOptions): ParsedDataAsset {
  const reader = { schema: dataAssetSchema, convert: convertDataAsset };
  const { result, diagnostics } = parseFile(text, options, 'data', () => reader);
  return { dataAsset: result, diagnostics };
}

function convertDataAsset(root: MapToken, sink: DiagnosticSink): DataAssetDefinition {
  checkNameAndVersion(root, sink);
  return {
    name: stringAt(root, 'name') ?? '',
    version: textAt(root, 'version'),
    type: stringAt(root, 'type') === 'uri_file' ? 'uri_file' : 'uri_folder',
    path: dataPathAt(root, sink) ?? '',
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
  };
}

/** Both must be fit to stand in a reference, or no job could ever name the asset. */
function checkNameAndVersion(root: MapToken, sink: DiagnosticSink): void {
  const name = stringTokenAt(root, 'name');
  if (name !== null && readAssetReference(name.value)?.name !== name.value) {
    reportName('name', name.value, name.offset, sink);
  }
  const version = textAt(root, 'version');
  if (version !== null && readAssetReference(`name:${version}`)?.version !== version) {
    reportName('version', version, valueAt(root, 'version')?.offset ?? 0, sink);
  }
}

function reportName(key: string, value: string, offset: number, sink: DiagnosticSink): void {
  const message = `'${key}: ${shorten(value)}' is not valid: use letters, digits, '.', '_' and '-', at most 255`;
  sink.report('NAME_INVALID', offset, message);
}
