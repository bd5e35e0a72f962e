// Reads an MLmodel file that may have been written by anybody. Every scalar is read as text, so that
// a run id of digits stays as it is and no tag of the file can make anything but text.

import { LearnError } from '../errors.ts';
import { parseMlmodelYaml, type YamlMapping } from './mlmodel-yaml.ts';
import type { ModelInfo } from './model-info.ts';
import { invalidModel } from './model-invalid.ts';
import { parseSignature } from './signature-reader.ts';

/** What MLmodel says; model.json has the last word on the estimator and the inputs. */
export interface Mlmodel extends ModelInfo {
  /** Name of the file in the folder that holds the model. */
  readonly modelFile: string;
}

/**
 * @param where the file in error messages.
 * @throws LearnError MODEL_INVALID, MODEL_FLAVOR_NOT_SUPPORTED.
 */
export function readMlmodel(text: string, where: string): Mlmodel {
  const content = parseMlmodelYaml(text, where);
  const flavor = ridgelineFlavor(content, where);
  const example = content.get('saved_input_example_info');
  const metadata = content.get('metadata');
  return {
    uuid: textOf(content, 'model_uuid', where),
    createdAt: isoTime(textOf(content, 'utc_time_created', where), where),
    runId: optionalText(content, 'run_id', where),
    artifactPath: optionalText(content, 'artifact_path', where),
    estimator: textOf(flavor, 'estimator', where),
    modelFile: plainFileName(textOf(flavor, 'model_file', where), where),
    flavorVersion: textOf(flavor, 'version', where),
    signature: parseSignature(content.get('signature'), where),
    inputExampleFile:
      example instanceof Map ? plainFileName(textOf(example, 'artifact_path', where), where) : null,
    onnxFile: onnxFileOf(content, where),
    onnxNote: metadata instanceof Map ? optionalText(metadata, 'ridgeline_onnx', where) : null,
  };
}

function ridgelineFlavor(content: YamlMapping, where: string): YamlMapping {
  const flavors = content.get('flavors');
  if (!(flavors instanceof Map)) throw invalidModel(where, "'flavors' is not a mapping");
  const flavor = flavors.get('ridgeline');
  if (flavor instanceof Map) return flavor;
  const found = [...flavors.keys()].slice(0, 10).map((name) => String(name).slice(0, 50));
  throw new LearnError(
    'MODEL_FLAVOR_NOT_SUPPORTED',
    `${where} has the flavors ${found.join(', ') || '(none)'}, and only the data-only flavor ` +
      "'ridgeline' is loaded, because other flavors can run code; save the model with saveModel",
  );
}

function onnxFileOf(content: YamlMapping, where: string): string | null {
  const flavors = content.get('flavors');
  const onnx = flavors instanceof Map ? flavors.get('onnx') : null;
  const file = onnx instanceof Map ? optionalText(onnx, 'data', where) : null;
  return file === null ? null : plainFileName(file, where);
}

function textOf(mapping: YamlMapping, key: string, where: string): string {
  const value = optionalText(mapping, key, where);
  if (value === null) throw invalidModel(where, `'${key}' is missing`);
  return value;
}

function optionalText(mapping: YamlMapping, key: string, where: string): string | null {
  const value = mapping.get(key);
  // Read as text, YAML's null is one of its three spellings.
  if (value === undefined || value === '' || value === 'null' || value === '~') return null;
  if (typeof value !== 'string') throw invalidModel(where, `'${key}' is not a text`);
  return value;
}

/** A file in the model's own folder: anything else could lead out of it. */
function plainFileName(name: string, where: string): string {
  if (/^\w[\w.-]{0,100}$/.test(name)) return name;
  throw invalidModel(where, 'a file name in it is not a plain name such as model.json');
}

function isoTime(text: string, where: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?$/.exec(text);
  const [, day, time, fraction = ''] = parts ?? [];
  const date = new Date(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  // Without the first condition, Date would make a time of almost any text.
  if (parts === null || Number.isNaN(date.getTime())) {
    throw invalidModel(
      where,
      "'utc_time_created' is not a time such as 2026-01-31 12:00:00.000000",
    );
  }
  return date.toISOString();
}
