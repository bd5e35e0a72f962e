// The reader of computes.
import { numberAt, stringAt, stringTokenAt, textMapAt, valueAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { type ParseOptions, parseFile } from '../parse-file.ts';
import { computeSchema } from '../schema/compute-schema.ts';
import { brokenRule } from '../schema/name-rules.ts';
import type { MapToken } from '../text/token.ts';
import { type ComputeDefinition, computeTypes } from './compute-definition.ts';

export interface ParsedCompute {
  /** Null when any diagnostic is an error. */
  readonly compute: ComputeDefinition | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `compute.schema.json`. Never throws on any text. */
export function parseCompute(text: string, options: ParseOptions): ParsedCompute {
  const reader = { schema: computeSchema, convert: convertCompute };
  const { result, diagnostics } = parseFile(text, options, 'compute', () => reader);
  return { compute: result, diagnostics };
}

function convertCompute(root: MapToken, sink: DiagnosticSink): ComputeDefinition {
  checkName(root, sink);
  const type = stringAt(root, 'type')?.toLowerCase();
  const minInstances = numberAt(root, 'min_instances') ?? 0;
  return {
    name: stringAt(root, 'name') ?? '',
    type: computeTypes.find((known) => known === type) ?? 'amlcompute',
    description: stringAt(root, 'description'),
    tags: textMapAt(root, 'tags'),
    properties: textMapAt(root, 'properties'),
    size: stringAt(root, 'size'),
    tier: /^low/i.test(stringAt(root, 'tier') ?? '') ? 'low_priority' : 'dedicated',
    minInstances,
    maxInstances: maxInstancesAt(root, type, minInstances, sink),
    idleSeconds: numberAt(root, 'idle_time_before_scale_down') ?? 120,
    workspaceUrl: urlAt(root, 'workspace_url', sink),
    resourceId: stringAt(root, 'resource_id'),
  };
}

function maxInstancesAt(
  root: MapToken,
  type: string | undefined,
  minInstances: number,
  sink: DiagnosticSink,
): number {
  const given = numberAt(root, 'max_instances');
  if (given !== null && given < minInstances) {
    const message = `'max_instances' must be at least 'min_instances' (${minInstances}), and is ${given}`;
    sink.report('VALUE_OUT_OF_RANGE', valueAt(root, 'max_instances')?.offset ?? 0, message);
  }
  return given ?? (type === 'computeinstance' ? 1 : Math.max(4, minInstances));
}

/** The name stands in job files, where `checkCompute` looks at it. */
function checkName(root: MapToken, sink: DiagnosticSink): void {
  const name = stringTokenAt(root, 'name');
  const rule = name === null ? null : brokenRule(name.value, 'jobName');
  if (name === null || rule === null) return;
  const message = `'name: ${shorten(name.value)}' is not a valid name: a name is ${rule}; rename it`;
  sink.report('NAME_INVALID', name.offset, message);
}

function urlAt(root: MapToken, key: string, sink: DiagnosticSink): string | null {
  const token = stringTokenAt(root, key);
  if (token === null) return null;
  if (URL.canParse(token.value) && /^https?:\/\//.test(token.value)) return token.value;
  const message = `'${key}: ${shorten(token.value)}' is no address; write it with https://`;
  sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  return null;
}
