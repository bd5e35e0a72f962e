// Checks that need more than a table: references, paths and computes, where they stand.

import { isForeign, withoutPrefix } from '../asset/asset-reference.ts';
import {
  checkCodePath,
  checkCompute,
  checkDataPath,
  checkVersionedReference,
  type ReferenceProblem,
} from '../asset/check-reference.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { Token } from '../text/token.ts';
import { stringTokenAt } from './read-token.ts';

type Check = (text: string) => ReferenceProblem | null;

function checkedString(
  map: Token | null,
  key: string,
  check: Check,
  sink: DiagnosticSink,
): string | null {
  const token = stringTokenAt(map, key);
  if (token === null) return null;
  // The schema pass has reported an empty value and a stray expression already.
  const reported = token.value.trim() === '' || token.value.includes('${{');
  const problem = reported ? null : check(token.value);
  if (problem !== null) sink.report(problem.code, token.offset, problem.message);
  return token.value;
}

export function codeAt(map: Token | null, sink: DiagnosticSink): string | null {
  return checkedString(map, 'code', checkCodePath, sink);
}

export function environmentAt(map: Token | null, sink: DiagnosticSink): string | null {
  return checkedString(map, 'environment', checkEnvironment, sink);
}

/** Azure's own environments are named in many files, and are images that are not to be had here. */
function checkEnvironment(text: string): ReferenceProblem | null {
  if (!isForeign(text)) return checkVersionedReference(text);
  const message =
    `environment '${shorten(text)}' is one of Azure's, which are not to be had here; write what the step needs ` +
    "instead, such as 'environment: {conda_file: {dependencies: [python=3.11, pip, {pip: [scikit-learn]}]}}', " +
    "or 'azureml:NAME@latest' of this workspace";
  return { code: 'FEATURE_NOT_SUPPORTED', message };
}

export function modelAt(map: Token | null, sink: DiagnosticSink): string | null {
  return checkedString(map, 'model', checkVersionedReference, sink);
}

export function dataPathAt(map: Token | null, sink: DiagnosticSink): string | null {
  return checkedString(map, 'path', checkDataPath, sink);
}

/** Of a compute or datastore, without the prefix `azureml:`. */
export function resourceNameAt(
  map: Token | null,
  key: string,
  sink: DiagnosticSink,
): string | null {
  const name = checkedString(map, key, checkCompute, sink);
  return name === null ? null : withoutPrefix(name);
}
