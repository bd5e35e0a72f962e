// The compile pass as a whole: from a file and its templates to a pipeline in normal form, with the
// final YAML that shows it, or to every mistake in them.

import type { Diagnostic } from './diagnostic/diagnostic.ts';
import { DiagnosticSink } from './diagnostic/diagnostic-sink.ts';
import type { TaskCatalogue } from './pipeline/check/check-tasks.ts';
import type { Pipeline } from './pipeline/pipeline.ts';
import { toFinalYaml } from './pipeline/to-final-yaml.ts';
import { toPipeline } from './pipeline/to-pipeline.ts';
import { type CompileInput, expandTemplates } from './template/expand-templates.ts';
import type { MappingNode } from './text/node.ts';
import type { Origin } from './text/origin.ts';

export interface CompilePipelineInput extends CompileInput {
  /** With it, tasks that are not among them are mistakes; without it, any task may be named. */
  readonly tasks?: TaskCatalogue;
}

export interface CompiledPipeline {
  /** File by file, from top to bottom. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where there are no errors. */
  readonly pipeline?: Pipeline;
  /** The tree without templates and `${{ }}`; also where only later checks found errors. */
  readonly expanded?: MappingNode;
  /** Where there is a pipeline. */
  readonly finalYaml?: string;
  /** Where each line of the final YAML came from; undefined for lines that no file has. */
  readonly sourceMap?: readonly (Origin | undefined)[];
}

export async function compilePipeline(input: CompilePipelineInput): Promise<CompiledPipeline> {
  const sink = new DiagnosticSink();
  const expanded = await expandTemplates(input, sink);
  if (expanded === undefined) return { diagnostics: sink.diagnostics };
  const pipeline = toPipeline(expanded, sink, input.tasks);
  const { diagnostics } = sink;
  if (pipeline === undefined) return { diagnostics, expanded };
  const { yaml, sourceMap } = toFinalYaml(pipeline);
  return { diagnostics, pipeline, expanded, finalYaml: yaml, sourceMap };
}
