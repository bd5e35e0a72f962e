// The reader of managed online endpoints.
import { entriesAt, stringAt, textMapAt, valueAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { endpointSchema } from '../schema/endpoint-schema.ts';
import type { MapToken } from '../text/token.ts';

export interface EndpointDefinition {
  readonly name: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  /** Percent by deployment; together 0 or 100. */
  readonly traffic: ReadonlyMap<string, number>;
}

export interface ParsedEndpoint {
  /** Null when any diagnostic is an error. */
  readonly endpoint: EndpointDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `managedOnlineEndpoint.schema.json`. Never throws on any text. */
export function parseEndpoint(text: string, options: ParseOptions): ParsedEndpoint {
  const reader = { schema: endpointSchema, convert: convertEndpoint };
  const { result, diagnostics } = parseFile(text, options, 'endpoint', () => reader);
  return { endpoint: result, diagnostics };
}

function convertEndpoint(root: MapToken, sink: DiagnosticSink): EndpointDefinition {
  return {
    name: stringAt(root, 'name') ?? '',
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
    properties: textMapAt(root, 'properties'),
    traffic: trafficOf(root, sink),
  };
}

function trafficOf(root: MapToken, sink: DiagnosticSink): Map<string, number> {
  const traffic = new Map<string, number>();
  for (const { key, value } of entriesAt(root, 'traffic').values()) {
    if (value.kind === 'scalar' && typeof value.value === 'number') traffic.set(key, value.value);
  }
  const sum = [...traffic.values()].reduce((total, share) => total + share, 0);
  if (sum !== 0 && sum !== 100) {
    const message = `the shares of 'traffic' must add up to 100, and make ${sum}; correct them`;
    sink.report('VALUE_OUT_OF_RANGE', valueAt(root, 'traffic')?.offset ?? root.offset, message);
  }
  return traffic;
}
