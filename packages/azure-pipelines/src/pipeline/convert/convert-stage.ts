// Stages and the jobs in them, in order, with what each waits for.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { choiceOf } from '../../schema/check-scalar.ts';
import { entryOf, type MappingNode } from '../../text/node.ts';
import { type GraphNode, resolveGraph } from '../check/check-graph.ts';
import type { Job, LockBehavior, Stage, Text } from '../pipeline.ts';
import { convertJob, type JobSurroundings } from './convert-job.ts';
import { convertPool } from './convert-pool.ts';
import { convertVariables } from './convert-variables.ts';
import { jobKind, nameNodes, stageKind } from './name-nodes.ts';
import { flagAt, mappingsAt, present, textAt, textsAt } from './read-node.ts';

export function convertStages(
  nodes: readonly MappingNode[],
  around: JobSurroundings,
): readonly Stage[] {
  const ids = nameNodes(nodes, stageKind, around.sink);
  const graph = nodes.map((node, index): GraphNode => {
    const previous = { text: ids[index - 1] ?? '', origin: node.origin };
    // Without a word about it, a stage waits for the one before it.
    const implied = index === 0 ? [] : [previous];
    return { id: ids[index] ?? '', dependsOn: writtenDependencies(node) ?? implied };
  });
  const dependencies = resolveGraph(graph, { word: 'stage', isWhole: around.isWhole }, around.sink);
  return nodes.map((node, index) =>
    convertStage(node, ids[index] ?? '', dependencies[index] ?? [], around),
  );
}

/** `dependsOn:` with nothing behind it, or an empty list, is a word: none. */
function writtenDependencies(node: MappingNode): readonly Text[] | undefined {
  return entryOf(node, 'dependsOn') === undefined ? undefined : textsAt(node, 'dependsOn');
}

function convertStage(
  node: MappingNode,
  id: string,
  dependsOn: readonly string[],
  around: JobSurroundings,
): Stage {
  const pool = convertPool(node);
  const jobs = jobNodes(node);
  if (jobs.length === 0 && around.isWhole) reportNoJobs(node, id, around.sink);
  return {
    id,
    displayName: textAt(node, 'displayName') ?? { text: id, origin: node.origin },
    dependsOn,
    ...present({ condition: textAt(node, 'condition'), group: textAt(node, 'group') }),
    variables: convertVariables(node, around.sink),
    jobs: convertJobs(jobs, { ...around, ...present({ pool: pool ?? around.pool }) }),
    ...present({ pool, lockBehavior: lockBehaviorOf(node) }),
    trigger: textAt(node, 'trigger')?.text.toLowerCase() === 'manual' ? 'manual' : 'automatic',
    isSkippable: flagAt(node, 'isSkippable', true),
    origin: node.origin,
  };
}

function reportNoJobs(node: MappingNode, id: string, sink: DiagnosticSink): void {
  const message = `The stage "${id}" has no jobs. Give it at least one below "jobs".`;
  sink.report('NOTHING_TO_RUN', node.origin, message);
}

export function jobNodes(node: MappingNode): readonly MappingNode[] {
  return [...mappingsAt(node, 'jobs'), ...mappingsAt(node, 'phases')];
}

function convertJobs(nodes: readonly MappingNode[], around: JobSurroundings): readonly Job[] {
  const ids = nameNodes(nodes, jobKind, around.sink);
  const graph = nodes.map((node, index) => ({
    id: ids[index] ?? '',
    dependsOn: writtenDependencies(node) ?? [],
  }));
  const dependencies = resolveGraph(graph, { word: 'job', isWhole: around.isWhole }, around.sink);
  return nodes.map((node, index) =>
    convertJob(node, { id: ids[index] ?? '', dependsOn: dependencies[index] ?? [] }, around),
  );
}

export function lockBehaviorOf(node: MappingNode): LockBehavior | undefined {
  const word = textAt(node, 'lockBehavior')?.text;
  return word === undefined ? undefined : choiceOf(word, ['runLatest', 'sequential']);
}
