// The reader of models.
import { isForeign } from '../asset/asset-reference.ts';
import { dataPathKind } from '../asset/data-path.ts';
import { convertAssetFields } from '../convert/asset-fields.ts';
import { stringAt, stringTokenAt, textMapAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { modelSchema } from '../schema/asset-schemas.ts';
import type { MapToken } from '../text/token.ts';
import { type ModelDefinition, modelTypes } from './model-definition.ts';

export interface ParsedModel {
  /** Null when any diagnostic is an error. */
  readonly model: ModelDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `model.schema.json`. Never throws on any text. */
export function parseModel(text: string, options: ParseOptions): ParsedModel {
  const reader = { schema: modelSchema, convert: convertModel };
  const { result, diagnostics } = parseFile(text, options, 'model', () => reader);
  return { model: result, diagnostics };
}

function convertModel(root: MapToken, sink: DiagnosticSink): ModelDefinition {
  return {
    ...convertAssetFields(root, sink),
    type: modelTypes.find((type) => type === stringAt(root, 'type')) ?? 'custom_model',
    path: modelPathAt(root, sink),
    properties: textMapAt(root, 'properties'),
    stage: stringAt(root, 'stage'),
  };
}

/** A model can be taken from a run, a job, a datastore or this machine. */
function modelPathAt(root: MapToken, sink: DiagnosticSink): string {
  const token = stringTokenAt(root, 'path');
  if (token === null) return '';
  const path = token.value;
  const kind = dataPathKind(path);
  const ofRun = /^runs:\/[^/]+\/./.test(path) || /^azureml:\/\/jobs\/[^/]+\/outputs\//.test(path);
  if (ofRun || kind === 'local' || kind === 'datastore' || path.trim() === '') return path;
  const message = `'${shorten(path)}' is no place to take a model from; write a local path, 'runs:/RUN/PATH', 'azureml://jobs/JOB/outputs/NAME' or 'azureml://datastores/NAME/paths/PATH'`;
  const code = kind === 'remote' || isForeign(path) ? 'FEATURE_NOT_SUPPORTED' : 'VALUE_NOT_ALLOWED';
  sink.report(code, token.offset, message);
  return path;
}
