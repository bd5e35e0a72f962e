// What the files of all assets say alike: a name and version that can stand in a reference.
import { readAssetReference } from '../asset/asset-reference.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { MapToken } from '../text/token.ts';
import { stringAt, stringTokenAt, textAt, textMapAt, valueAt } from './read-token.ts';

/** Both must be fit to stand in a reference, or no job could ever name the asset. */
export function convertAssetFields(root: MapToken, sink: DiagnosticSink) {
  const name = stringTokenAt(root, 'name');
  if (name !== null && readAssetReference(name.value)?.name !== name.value) {
    reportName('name', name.value, name.offset, sink);
  }
  const version = textAt(root, 'version');
  if (version !== null && readAssetReference(`name:${version}`)?.version !== version) {
    reportName('version', version, valueAt(root, 'version')?.offset ?? 0, sink);
  }
  return {
    name: name?.value ?? '',
    /** `version: 1.10` is the text `1.10`. */
    version,
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
  };
}

function reportName(key: string, value: string, offset: number, sink: DiagnosticSink): void {
  const message = `'${key}: ${shorten(value)}' is not valid: use letters, digits, '.', '_' and '-', at most 255`;
  sink.report('NAME_INVALID', offset, message);
}
