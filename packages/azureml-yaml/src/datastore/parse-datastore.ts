// The reader of datastores.
import { stringAt, stringTokenAt, textMapAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { datastoreSchema } from '../schema/datastore-schema.ts';
import { brokenRule } from '../schema/name-rules.ts';
import type { MapToken } from '../text/token.ts';
import { type DatastoreDefinition, datastoreTypes } from './datastore-definition.ts';

export interface ParsedDatastore {
  /** Null when any diagnostic is an error. */
  readonly datastore: DatastoreDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `azureBlob.schema.json` and those of the other datastores. Never throws on any text. */
export function parseDatastore(text: string, options: ParseOptions): ParsedDatastore {
  const reader = { schema: datastoreSchema, convert: convertDatastore };
  const { result, diagnostics } = parseFile(text, options, 'datastore', () => reader);
  return { datastore: result, diagnostics };
}

function convertDatastore(root: MapToken, sink: DiagnosticSink): DatastoreDefinition {
  checkName(root, sink);
  return {
    name: stringAt(root, 'name') ?? '',
    type: datastoreTypes.find((type) => type === stringAt(root, 'type')) ?? 'azure_blob',
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
    accountName: stringAt(root, 'account_name'),
    containerName: containerAt(root),
    endpoint: stringAt(root, 'endpoint'),
    protocol: stringAt(root, 'protocol'),
    path: stringAt(root, 'path'),
    credentials: textMapAt(root, 'credentials'),
  };
}

/** Each type of datastore has its own word for it. */
function containerAt(root: MapToken): string | null {
  const keys = ['container_name', 'file_share_name', 'filesystem', 'store_name'];
  return keys.map((key) => stringAt(root, key)).find((value) => value !== null) ?? null;
}

/** The name stands in `azureml://datastores/NAME/…`. */
function checkName(root: MapToken, sink: DiagnosticSink): void {
  const name = stringTokenAt(root, 'name');
  const rule = name === null ? null : brokenRule(name.value, 'identifier');
  if (name === null || rule === null) return;
  const message = `'name: ${shorten(name.value)}' is not a valid name: a name is ${rule}; rename it`;
  sink.report('NAME_INVALID', name.offset, message);
}
