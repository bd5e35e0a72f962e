// What an environment is made from, wherever it stands: in a file of its own, or within a job.
import { dataPathKind } from '../asset/data-path.ts';
import { stringTokenAt, valueAt } from '../convert/read-token.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { plainMap } from '../text/plain-value.ts';
import type { MapToken } from '../text/token.ts';
import type { CondaFile } from './environment-definition.ts';

export function condaFileAt(map: MapToken, sink: DiagnosticSink): CondaFile | null {
  const token = valueAt(map, 'conda_file');
  if (token?.kind === 'map') return { kind: 'inline', data: plainMap(token) };
  const path = localPathAt(map, 'conda_file', sink);
  return path === '' ? null : { kind: 'file', path };
}

export function localPathAt(map: MapToken, key: string, sink: DiagnosticSink): string {
  const token = stringTokenAt(map, key);
  if (token === null) return '';
  if (dataPathKind(token.value) === 'local') return token.value;
  const message = `'${key}: ${shorten(token.value)}' is not a local path; write the path of a file beside this one`;
  sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
  return token.value;
}

/** An image and a build context are two answers to one question. */
export function checkSources(map: MapToken, sink: DiagnosticSink): void {
  const { entries } = map;
  const build = entries.get('build');
  const other = entries.get('image') ?? entries.get('conda_file');
  if (build !== undefined && other !== undefined) {
    const message = `'build' stands beside '${other.key}', which it takes the place of; remove one of them`;
    sink.report('KEY_CONFLICT', build.keyOffset, message);
  }
  if (build === undefined && other === undefined) {
    const message = "an environment needs 'conda_file', 'image' or 'build'; add one of them";
    sink.report('KEY_MISSING', map.offset, message);
  }
}
