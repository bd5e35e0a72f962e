// The reader of data assets.
import { convertAssetFields } from '../convert/asset-fields.ts';
import { dataPathAt } from '../convert/check-strings.ts';
import { stringAt, textMapAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { dataAssetSchema } from '../schema/data-schema.ts';
import type { MapToken } from '../text/token.ts';

const dataAssetTypes = ['uri_file', 'uri_folder', 'mltable'] as const;

export interface DataAssetDefinition {
  readonly name: string;
  /** Null: the workspace takes the next one. `version: 1.10` is the text `1.10`. */
  readonly version: string | null;
  /** Default `uri_folder`, as in Azure ML. */
  readonly type: (typeof dataAssetTypes)[number];
  /** A local path or `azureml://datastores/…`, as written. */
  readonly path: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
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
  return {
    ...convertAssetFields(root, sink),
    type: dataAssetTypes.find((type) => type === stringAt(root, 'type')) ?? 'uri_folder',
    path: dataPathAt(root, sink) ?? '',
    properties: textMapAt(root, 'properties'),
  };
}
