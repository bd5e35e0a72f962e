// YAML to maps and texts, and nothing else. Tags, duplicate keys and whatever else is doubtful are
// refused.

import { parseDocument } from 'yaml';
import { invalidModel } from './model-invalid.ts';

/** Keys and scalars are texts; a nested mapping is a Map and a sequence an array. */
export type YamlMapping = ReadonlyMap<unknown, unknown>;

/** @throws LearnError MODEL_INVALID. */
export function parseMlmodelYaml(text: string, where: string): YamlMapping {
  const content = parseAsText(text, where);
  if (!(content instanceof Map)) throw invalidModel(where, 'it is not a YAML mapping');
  return content;
}

function parseAsText(text: string, where: string): unknown {
  try {
    // The failsafe schema knows no types but text; an unknown tag is a warning, and refused below.
    const document = parseDocument(text, { schema: 'failsafe' });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined) throw problem;
    return document.toJS({ mapAsMap: true });
  } catch (cause) {
    // Nesting beyond the stack and alias bombs surface here too, as errors of other classes.
    throw invalidModel(where, 'it is not plain YAML', { cause });
  }
}
