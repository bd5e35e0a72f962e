// Turns an endpoint spec as it arrived (untrusted JSON) into a checked one. Looks at the spec
// alone: whether model and code exist is asked elsewhere.

import { posix } from 'node:path';
import { EndpointError } from '../errors.ts';
import { checkEnvironmentVariables } from './environment-variables.ts';
import { checkDeploymentName, quoted } from './names.ts';

export interface CheckedSpec {
  readonly modelName: string;
  /** Null means the latest version. */
  readonly modelVersion: string | null;
  readonly codeId: string | null;
  /** Normalized, relative, with forward slashes. */
  readonly scoringScript: string | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly deploymentName: string;
  readonly environmentVariables: Readonly<Record<string, string>>;
}

const knownKeys: ReadonlySet<string> = new Set([
  'model',
  'codeId',
  'scoringScript',
  'description',
  'tags',
  'deploymentName',
  'environmentVariables',
]);

/** Throws an EndpointError of status 400 that names the first key that is wrong. */
export function checkSpec(spec: unknown): CheckedSpec {
  const fields = record(spec, 'the endpoint spec');
  const unknown = Object.keys(fields).find((key) => !knownKeys.has(key));
  if (unknown !== undefined) {
    // A key that is not supported is refused, never ignored: a silently dropped setting is how a
    // release goes out with the wrong traffic.
    throw invalid(`key ${quoted(unknown)} is not known; allowed are ${[...knownKeys].join(', ')}`);
  }
  const deploymentName = optionalString(fields, 'deploymentName') ?? 'blue';
  checkDeploymentName(deploymentName);
  return {
    ...modelReference(fields.model),
    ...scoringCode(optionalString(fields, 'codeId'), optionalString(fields, 'scoringScript')),
    description: optionalString(fields, 'description') ?? '',
    tags: stringRecord(fields.tags, 'tags'),
    deploymentName,
    environmentVariables: checkEnvironmentVariables(
      stringRecord(fields.environmentVariables, 'environmentVariables'),
    ),
  };
}

function modelReference(value: unknown): Pick<CheckedSpec, 'modelName' | 'modelVersion'> {
  const match =
    typeof value === 'string' ? /^(?:azureml:)?([^:@/]+)(?::(\d+)|@latest)$/.exec(value) : null;
  if (match?.[1] === undefined) {
    throw new EndpointError(
      'MODEL_REFERENCE_INVALID',
      `model ${quoted(value)} is not a model version; write "name:version" or "name@latest"`,
    );
  }
  return { modelName: match[1], modelVersion: match[2] ?? null };
}

function scoringCode(
  codeId: string | null,
  script: string | null,
): Pick<CheckedSpec, 'codeId' | 'scoringScript'> {
  if ((codeId === null) !== (script === null)) {
    const missing = codeId === null ? 'codeId' : 'scoringScript';
    throw invalid(`${missing} is missing; codeId and scoringScript go together`);
  }
  return { codeId, scoringScript: script === null ? null : scriptPath(script) };
}

function scriptPath(script: string): string {
  const path = posix.normalize(script);
  const leaves = path === '..' || path.startsWith('../') || posix.isAbsolute(path);
  if (leaves || /[\\\0]/.test(path) || /^[A-Za-z]:/.test(path)) {
    throw new EndpointError(
      'SCORING_SCRIPT_OUTSIDE_CODE',
      `scoringScript ${quoted(script)} leaves the code folder; write a relative path with forward ` +
        'slashes, such as "scoring/score.ts"',
    );
  }
  return path;
}

function optionalString(fields: Record<string, unknown>, key: string): string | null {
  const value = fields[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalid(`${key} is ${quoted(value)}; a string was expected`);
  return value;
}

function stringRecord(value: unknown, key: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  const entries = Object.entries(record(value, key));
  const wrong = entries.find(([, entry]) => typeof entry !== 'string');
  if (wrong) throw invalid(`${key}.${wrong[0]} is ${quoted(wrong[1])}; a string was expected`);
  return Object.fromEntries(entries.map(([name, entry]) => [name, String(entry)]));
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw invalid(`${what} is ${quoted(value)}; an object was expected`);
}

function invalid(message: string): EndpointError {
  return new EndpointError('ENDPOINT_SPEC_INVALID', message);
}
