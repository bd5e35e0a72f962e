// Checks that a file is of the kind that it is read as, by its `$schema`.
import { stringTokenAt } from '../convert/read-token.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import type { MapToken } from '../text/token.ts';
import { type FileKind, publishedSchemas, schemaName } from './schema-names.ts';

/** With their articles. */
export const kindTitles: Readonly<Record<FileKind, string>> = {
  job: 'a job',
  component: 'a component',
  data: 'a data asset',
  model: 'a model',
  environment: 'an environment',
  compute: 'a compute',
  datastore: 'a datastore',
  schedule: 'a schedule',
  endpoint: 'an endpoint',
  deployment: 'a deployment',
};

/** False when `$schema` says that the file is something else; going on would only add noise. */
export function checkKind(root: MapToken, kind: FileKind, sink: DiagnosticSink): boolean {
  const token = stringTokenAt(root, '$schema');
  if (token === null) return true;
  const name = schemaName(token.value);
  const published = publishedSchemas.get(name);
  if (published === undefined) {
    const message = `'$schema' names '${shorten(name)}', which Azure ML does not publish${hint(name, publishedSchemas.keys())}`;
    sink.report('SCHEMA_NOT_RECOGNISED', token.offset, message);
    return true;
  }
  if (published.kind === kind) return true;
  const found = published.kind === null ? `'${name}'` : kindTitles[published.kind];
  const message = `the file is ${found} by its $schema, and ${kindTitles[kind]} is expected here; choose another file or correct $schema`;
  sink.report('KIND_MISMATCH', token.offset, message);
  return false;
}
