// Values of step, job and stage parameters, as a template sees them: shortcuts are tasks, variables
// are lists and the texts of a `templateContext` are texts. What still is to be expanded, such as
// a `template`, passes through.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { type Entry, type MappingNode, type Node, textOf } from '../text/node.ts';
import { checkSchema } from './check-schema.ts';
import { desugarStep, entry } from './desugar-step.ts';
import { jobSchema } from './job-schema.ts';
import { stageSchema } from './pipeline-schema.ts';
import type { VariantSchema } from './schema-types.ts';
import { stepSchema } from './step-schema.ts';

/** One step, or a list of them; mistakes are reported, and what is well formed is kept. */
export function normalizeSteps(node: Node, sink: DiagnosticSink): Node {
  return eachItem(node, (step) => checked(step, stepSchema, sink, desugarStep));
}

export function normalizeJobs(node: Node, sink: DiagnosticSink): Node {
  return eachItem(node, (job) => checked(job, jobSchema, sink, normalizeJob));
}

export function normalizeStages(node: Node, sink: DiagnosticSink): Node {
  return eachItem(node, (stage) => checked(stage, stageSchema, sink, normalizeStage));
}

function eachItem(node: Node, normalize: (item: Node) => Node): Node {
  if (node.kind !== 'sequence') return normalize(node);
  return { ...node, items: node.items.map(normalize) };
}

function checked(
  item: Node,
  schema: VariantSchema,
  sink: DiagnosticSink,
  normalize: (item: MappingNode) => MappingNode,
): Node {
  if (item.kind === 'mapping' && item.entries.some(isUnexpanded)) return item;
  checkSchema(item, schema, schema.title, sink);
  return item.kind === 'mapping' ? normalize(item) : item;
}

function isUnexpanded({ key }: Entry): boolean {
  return key.text === 'template' || key.text.startsWith('${{');
}

function normalizeJob(job: MappingNode): MappingNode {
  return mapEntries(job, ({ key, value }) => {
    if (key.text === 'steps') return eachItem(value, desugarNode);
    if (key.text === 'strategy') return normalizeHooks(value);
    return normalizeShared(key.text, value);
  });
}

function normalizeStage(stage: MappingNode): MappingNode {
  return mapEntries(stage, ({ key, value }) => {
    const isJobs = key.text === 'jobs';
    const job = (item: Node) => (item.kind === 'mapping' ? normalizeJob(item) : item);
    return isJobs ? eachItem(value, job) : normalizeShared(key.text, value);
  });
}

function normalizeShared(key: string, value: Node): Node {
  if (key === 'variables') return variablesAsList(value);
  return key === 'templateContext' ? scalarsAsTexts(value) : value;
}

function desugarNode(step: Node): Node {
  return step.kind === 'mapping' ? desugarStep(step) : step;
}

/** The steps of a deployment stand at several depths below its strategy. */
function normalizeHooks(node: Node): Node {
  if (node.kind !== 'mapping') return node;
  return mapEntries(node, ({ key, value }) =>
    key.text === 'steps' ? eachItem(value, desugarNode) : normalizeHooks(value),
  );
}

function variablesAsList(node: Node): Node {
  if (node.kind !== 'mapping') return node;
  const items = node.entries.map(({ key, value }): MappingNode => {
    const name = entry('name', { kind: 'scalar', value: key.text, origin: key.origin }, key.origin);
    return {
      kind: 'mapping',
      entries: [name, entry('value', value, key.origin)],
      origin: key.origin,
    };
  });
  return { kind: 'sequence', items, origin: node.origin };
}

function scalarsAsTexts(node: Node): Node {
  if (node.kind === 'sequence') return { ...node, items: node.items.map(scalarsAsTexts) };
  if (node.kind === 'mapping') return mapEntries(node, ({ value }) => scalarsAsTexts(value));
  return { ...node, value: textOf(node) ?? '' };
}

function mapEntries(node: MappingNode, change: (entry: Entry) => Node): MappingNode {
  return { ...node, entries: node.entries.map((one) => ({ ...one, value: change(one) })) };
}
