// The reader of job files: which job it is, then its schema and converter.
import { convertCommandJob } from '../convert/convert-command-job.ts';
import { convertPipeline } from '../convert/convert-pipeline.ts';
import { stringAt, valueAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import { publishedSchemas, schemaName } from '../kind/schema-names.ts';
import { type FileReader, type ParseOptions, parseFile } from '../parse-file.ts';
import { describe } from '../schema/describe.ts';
import { commandJobSchema, jobTypesNotBuilt, pipelineJobSchema } from '../schema/job-schema.ts';
import type { MapToken } from '../text/token.ts';
import type { Job } from './job-types.ts';

export interface ParsedJob {
  /** Null when any diagnostic is an error. */
  readonly job: Job | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

const readers: Readonly<Record<Job['type'], FileReader<Job>>> = {
  pipeline: { schema: pipelineJobSchema, convert: convertPipeline },
  command: { schema: commandJobSchema, convert: convertCommandJob },
};

/** Reads the YAML of one Azure ML v2 job. Never throws on any text: what is wrong with it is in
 * `diagnostics`, all of it in one go. Reads no other file and runs nothing. */
export function parseJob(text: string, options: ParseOptions): ParsedJob {
  const { result, diagnostics } = parseFile(text, options, 'job', chooseReader);
  return { job: result, diagnostics };
}

function chooseReader(root: MapToken, sink: DiagnosticSink): FileReader<Job> | null {
  const type = jobType(root, sink);
  if (type === 'pipeline' || type === 'command') {
    checkAgainstSchemaName(root, type, sink);
    return readers[type];
  }
  if (type !== null) reportType(root, type, sink);
  return null;
}

/** Null when the type is no text; then that is reported. Without a type a job is a command job, as
 * in Azure ML, but what has `jobs` was surely meant as a pipeline. */
function jobType(root: MapToken, sink: DiagnosticSink): string | null {
  const token = valueAt(root, 'type');
  if (token !== null) {
    if (token.kind === 'scalar' && typeof token.value === 'string') return token.value;
    const message = `'type' must be 'pipeline' or 'command', and is ${describe(token)}; write one of them`;
    sink.report('VALUE_WRONG_TYPE', token.offset, message);
    return null;
  }
  const published = publishedSchemas.get(schemaName(stringAt(root, '$schema') ?? ''))?.type;
  const type = root.entries.has('jobs') ? 'pipeline' : (published ?? 'command');
  if (type === 'pipeline') {
    sink.report(
      'KEY_MISSING',
      root.offset,
      "a pipeline job needs the key 'type'; add 'type: pipeline'",
    );
  }
  return type;
}

function reportType(root: MapToken, type: string, sink: DiagnosticSink): void {
  const offset = valueAt(root, 'type')?.offset ?? root.offset;
  const feature = Object.entries(jobTypesNotBuilt).find(([name]) => name === type)?.[1];
  if (feature !== undefined) {
    const message = `a job of type '${type}' (${feature}) is not supported; use 'pipeline' or 'command'`;
    sink.report('FEATURE_NOT_SUPPORTED', offset, message);
    return;
  }
  const message = `'${shorten(type)}' is no type of job${hint(type, ['pipeline', 'command'])}`;
  sink.report('KIND_NOT_RECOGNISED', offset, message);
}

function checkAgainstSchemaName(root: MapToken, type: string, sink: DiagnosticSink): void {
  const token = valueAt(root, '$schema');
  const name = schemaName(stringAt(root, '$schema') ?? '');
  const published = publishedSchemas.get(name)?.type;
  if (token === null || published === undefined || published === type) return;
  const message = `'$schema' is for a job of type '${published}', and 'type' is '${type}'; make them the same`;
  sink.report('KIND_MISMATCH', token.offset, message);
}
