// The reader of job files: which job it is, then its schema and converter.
import type { ComponentSource } from '../component/component-source.ts';
import { Components } from '../convert/components.ts';
import { convertComponent } from '../convert/convert-component.ts';
import { convertPipeline } from '../convert/convert-pipeline.ts';
import {
  convertAutoMLJob,
  convertCommandJob,
  convertParallelJob,
  convertSweepJob,
} from '../convert/convert-work-job.ts';
import type { FileScope } from '../convert/file-scope.ts';
import { stringAt, valueAt } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import { publishedSchemas, schemaName } from '../kind/schema-names.ts';
import { type FileReader, type ParseOptions, parseFile } from '../parse-file.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { describe } from '../schema/describe.ts';
import {
  automlJobSchema,
  commandJobSchema,
  jobTypesNotBuilt,
  parallelJobSchema,
  pipelineJobSchema,
  sweepJobSchema,
} from '../schema/job-schema.ts';
import type { Schema } from '../schema/schema-types.ts';
import type { MapToken } from '../text/token.ts';
import type { Job } from './job-types.ts';

/** Options of the files that can name components. */
export interface ComponentOptions extends ParseOptions {
  /** Asked for each component that is named; without it none is found. */
  readonly components?: ComponentSource;
}

export interface ParsedJob {
  /** Null when any diagnostic is an error. */
  readonly job: Job | null;
  /** In the order of the file, then those of each component's file. */
  readonly diagnostics: readonly Diagnostic[];
  /** References that `components` knows nothing of, each once. Each is a COMPONENT_NOT_FOUND as
   * well: hand over those that can be had, and parse again. */
  readonly missingComponents: readonly string[];
}

/** Reads the YAML of one Azure ML v2 job. Never throws on any text: what is wrong with it is in
 * `diagnostics`, all of it in one go. Reads no other file and runs nothing. */
export function parseJob(text: string, options: ComponentOptions): ParsedJob {
  const components = new Components(options.components, convertComponent);
  const { result, diagnostics } = parseFile(text, options, 'job', (root, sink) =>
    chooseReader(root, sink, components),
  );
  return { job: result, diagnostics, missingComponents: components.missing };
}

/** A job within another file, for its mistakes. */
export function checkJobToken(root: MapToken, sink: DiagnosticSink, components: Components): void {
  const reader = chooseReader(root, sink, components);
  if (reader === null) return;
  checkSchema(root, reader.schema, '', sink);
  reader.convert(root, sink);
}

interface JobReader {
  readonly schema: Schema;
  readonly convert: (root: MapToken, file: FileScope) => Job;
}

const readers: Readonly<Record<Job['type'], JobReader>> = {
  pipeline: { schema: pipelineJobSchema, convert: convertPipeline },
  command: { schema: commandJobSchema, convert: convertCommandJob },
  sweep: { schema: sweepJobSchema, convert: convertSweepJob },
  parallel: { schema: parallelJobSchema, convert: convertParallelJob },
  automl: { schema: automlJobSchema, convert: convertAutoMLJob },
};
const jobTypes = Object.keys(readers);

function chooseReader(
  root: MapToken,
  sink: DiagnosticSink,
  components: Components,
): FileReader<Job> | null {
  const type = jobType(root, sink);
  if (type === null) return null;
  const [, reader] = Object.entries(readers).find(([name]) => name === type) ?? [];
  if (reader === undefined) {
    reportType(root, type, sink);
    return null;
  }
  checkAgainstSchemaName(root, type, sink);
  const file = { sink, base: null, components, depth: 0 };
  return { schema: reader.schema, convert: (map) => reader.convert(map, file) };
}

/** Null when the type is no text; then that is reported. Without a type a job is a command job, as
 * in Azure ML, but what has `jobs` was surely meant as a pipeline. */
function jobType(root: MapToken, sink: DiagnosticSink): string | null {
  const token = valueAt(root, 'type');
  if (token !== null) {
    if (token.kind === 'scalar' && typeof token.value === 'string') return token.value;
    const words = jobTypes.map((type) => `'${type}'`).join(', ');
    const message = `'type' must be one of ${words}, and is ${describe(token)}; write one of them`;
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
    const message = `a job of type '${type}' (${feature}) is not supported; use another, such as 'command'`;
    sink.report('FEATURE_NOT_SUPPORTED', offset, message);
    return;
  }
  const message = `'${shorten(type)}' is no type of job${hint(type, jobTypes)}`;
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
