// Gives a job's inputs the values of one submission, and checks that none is left without.
import { checkDataPath } from '../asset/check-reference.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticCode } from '../diagnostic/diagnostic-codes.ts';
import { diagnosticAt } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import type { Job } from './job-types.ts';
import { limitProblem } from './literal-limits.ts';
import type { LiteralType, LiteralValue, PipelineInput } from './port-types.ts';

export interface AssignedJob<J extends Job = Job> {
  /** The job with every value that fits; only complete when no diagnostic is an error. */
  readonly job: J;
  readonly diagnostics: readonly Diagnostic[];
}

/** `values`: by input name. Text that spells a number, `true` or `false` is taken for an input of
 * such a type, as command lines and REST calls send text; any value is taken as text for a string.
 * Diagnostics stand at the input's declaration, or at the job's beginning for an unknown name:
 * INPUT_NOT_FOUND, INPUT_VALUE_INVALID, INPUT_VALUE_MISSING, and those of data paths. */
export function assignInputs<J extends Job>(
  job: J,
  values: Readonly<Record<string, LiteralValue>>,
): AssignedJob<J> {
  const diagnostics: Diagnostic[] = [];
  for (const name of Object.keys(values)) {
    if (job.inputs.has(name)) continue;
    const advice = job.inputs.size === 0 ? '; it has none' : hint(name, job.inputs.keys());
    const message = `the job has no input '${shorten(name)}'${advice}`;
    diagnostics.push(diagnosticAt(job.declaredAt, 'INPUT_NOT_FOUND', message));
  }
  const inputs = new Map<string, PipelineInput>();
  for (const [name, input] of job.inputs) {
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    const { assigned, problem } = assign(name, input, given);
    inputs.set(name, assigned);
    if (problem === null) continue;
    diagnostics.push(diagnosticAt(input.declaredAt, problem.code, problem.message));
  }
  return { job: { ...job, inputs }, diagnostics };
}

interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
}

interface Assignment {
  readonly assigned: PipelineInput;
  readonly problem: Problem | null;
}

function assign(name: string, input: PipelineInput, given: LiteralValue | undefined): Assignment {
  if (given === undefined) return { assigned: input, problem: missing(name, input) };
  return input.kind === 'data' ? assignPath(name, input, given) : assignLiteral(name, input, given);
}

function missing(name: string, input: PipelineInput): Problem | null {
  const value = input.kind === 'data' ? input.path : input.value;
  if (value !== null || input.optional) return null;
  const message = `input '${name}' (${input.type}) has no value and no default; give it one when submitting the job`;
  return { code: 'INPUT_VALUE_MISSING', message };
}

function assignPath(
  name: string,
  input: Extract<PipelineInput, { kind: 'data' }>,
  given: LiteralValue,
): Assignment {
  if (typeof given !== 'string' || given.trim() === '' || given.includes('\0')) {
    return {
      assigned: input,
      problem: unfit(name, input.type, given, "a path or 'azureml:name:version'"),
    };
  }
  const problem = checkDataPath(given);
  if (problem === null) return { assigned: { ...input, path: given }, problem };
  return {
    assigned: input,
    problem: { ...problem, message: `input '${name}': ${problem.message}` },
  };
}

function assignLiteral(
  name: string,
  input: Extract<PipelineInput, { kind: 'literal' }>,
  given: LiteralValue,
): Assignment {
  const value = coerce(input.type, given);
  const wanted = value === null ? null : limitProblem(input, value);
  if (value !== null && wanted !== null)
    return { assigned: input, problem: beyond(name, value, wanted) };
  if (value !== null) return { assigned: { ...input, value }, problem: null };
  return { assigned: input, problem: unfit(name, input.type, given, expected[input.type]) };
}

const expected: Readonly<Record<LiteralType, string>> = {
  string: 'text without NUL characters',
  number: 'a number such as 0.5',
  integer: 'a whole number such as 3',
  boolean: 'true or false',
};

function beyond(name: string, given: LiteralValue, wanted: string): Problem {
  const message = `input '${name}' takes ${wanted}, and '${shorten(String(given))}' was given; give it another`;
  return { code: 'INPUT_VALUE_INVALID', message };
}

function unfit(name: string, type: string, given: LiteralValue, wanted: string): Problem {
  const message = `input '${name}' is of type ${type}, and '${shorten(String(given))}' does not fit; give it ${wanted}`;
  return { code: 'INPUT_VALUE_INVALID', message };
}

const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Null when the value does not fit the type. */
function coerce(type: LiteralType, given: LiteralValue): LiteralValue | null {
  if (type === 'string') return String(given).includes('\0') ? null : String(given);
  if (type === 'boolean') {
    if (typeof given === 'boolean') return given;
    return given === 'true' ? true : given === 'false' ? false : null;
  }
  const isText = typeof given === 'string' && numberText.test(given.trim());
  const value = isText ? Number(given) : given;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return type === 'number' || Number.isSafeInteger(value) ? value : null;
}
