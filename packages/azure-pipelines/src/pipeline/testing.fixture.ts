// Texts to pipelines and back for tests, without templates.

import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { MappingNode } from '../text/node.ts';
import { readYaml } from '../text/read-yaml.ts';
import type { Job, Pipeline, Stage } from './pipeline.ts';
import type { Step } from './step.ts';
import { toPipeline } from './to-pipeline.ts';

export interface Converted {
  readonly pipeline: Pipeline | undefined;
  readonly sink: DiagnosticSink;
}

export function convert(yaml: string): Converted {
  const sink = new DiagnosticSink();
  const root = readYaml(yaml, 'azure-pipelines.yml', sink);
  if (root?.kind !== 'mapping') return { pipeline: undefined, sink };
  return { pipeline: toPipeline(root as MappingNode, sink), sink };
}

/** @throws Error with the mistakes */
export function pipelineOf(yaml: string): Pipeline {
  const { pipeline, sink } = convert(yaml);
  if (pipeline === undefined) throw new Error(sink.diagnostics.map(formatDiagnostic).join('\n'));
  return pipeline;
}

/** `3:5 KEY_UNKNOWN message` each. */
export function mistakesIn(yaml: string): readonly string[] {
  const { diagnostics } = convert(yaml).sink;
  return diagnostics.map(
    ({ origin, code, message }) => `${origin.line}:${origin.column} ${code} ${message}`,
  );
}

export function firstStage(yaml: string): Stage {
  const [stage] = pipelineOf(yaml).stages;
  if (stage === undefined) throw new Error('no stage');
  return stage;
}

export function firstJob(yaml: string): Job {
  const [job] = firstStage(yaml).jobs;
  if (job === undefined) throw new Error('no job');
  return job;
}

export function stepsOf(yaml: string): readonly Step[] {
  return firstJob(yaml).steps;
}

/** `CmdLine@2`, `Checkout@1` each. */
export function tasksIn(steps: readonly Step[]): readonly string[] {
  return steps.map(({ task }) => `${task.name}@${task.version}`);
}

export function inputsOf(step: Step | undefined): Readonly<Record<string, string>> {
  const texts = [...(step?.inputs ?? [])].map(([name, { text }]) => [name, text]);
  return Object.fromEntries(texts);
}

/** The same pipeline as plain data, without its places. */
export function withoutOrigins(value: unknown): unknown {
  if (value instanceof Map) return withoutOrigins(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(withoutOrigins);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'origin');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutOrigins(inner)]));
}
