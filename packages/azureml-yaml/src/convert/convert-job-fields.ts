// What every job says about itself.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { MapToken } from '../text/token.ts';
import { stringAt, textMapAt } from './read-token.ts';

export function convertJobFields(root: MapToken, sink: DiagnosticSink) {
  return {
    name: stringAt(root, 'name'),
    displayName: stringAt(root, 'display_name'),
    experimentName: stringAt(root, 'experiment_name'),
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
    properties: textMapAt(root, 'properties'),
    declaredAt: sink.source.positionAt(root.offset),
  };
}
