// A pipeline, its facts and the state of its run side by side, and who comes before whom.

import type { Job, Pipeline, Stage } from '../pipeline/pipeline.ts';
import type { Result } from './result.ts';
import type { RunFacts } from './run-facts.ts';
import type { JobState, RunState, StageState } from './run-state.ts';
import type { Ancestors } from './status-functions.ts';

export interface Run {
  readonly pipeline: Pipeline;
  readonly facts: RunFacts;
  readonly state: RunState;
  /** In the order of the pipeline. */
  readonly stages: readonly StageNode[];
  /** Nothing has run: outputs, and results that are not there, are unknown instead of empty. */
  readonly isPlan: boolean;
}

export interface StageNode {
  readonly stage: Stage;
  readonly state: StageState;
  /** In the order of the pipeline. */
  readonly jobs: readonly JobNode[];
  /** The stages that it depends on directly. */
  readonly before: readonly StageNode[];
}

export interface JobNode {
  readonly job: Job;
  readonly state: JobState;
  /** The jobs of its stage that it depends on directly. */
  readonly before: readonly JobNode[];
}

/** A stage, or a job of it. */
export interface Place {
  readonly run: Run;
  readonly node: StageNode;
  readonly jobNode?: JobNode;
}

export function runOf(pipeline: Pipeline, facts: RunFacts, state: RunState, isPlan = false): Run {
  const nodes = pipeline.stages.flatMap((stage, index) => stageNode(stage, state.stages[index]));
  const stages = linked(nodes, ({ stage }) => stage);
  return { pipeline, facts, state, stages, isPlan };
}

function stageNode(stage: Stage, state: StageState | undefined): StageNode[] {
  if (state === undefined) return [];
  const jobs = stage.jobs.flatMap((job, index): JobNode[] => {
    const own = state.jobs[index];
    return own === undefined ? [] : [{ job, state: own, before: [] }];
  });
  return [{ stage, state, jobs: linked(jobs, ({ job }) => job), before: [] }];
}

/** The nodes with their `before` filled in. */
function linked<N extends { readonly before: readonly N[] }>(
  nodes: readonly N[],
  of: (node: N) => { readonly id: string; readonly dependsOn: readonly string[] },
): readonly N[] {
  const links = nodes.map((node) => ({ ...node, before: [] as N[] }));
  const byId = new Map(links.map((node) => [of(node).id.toLowerCase(), node]));
  for (const node of links) {
    const names = new Set(of(node).dependsOn.map((name) => name.toLowerCase()));
    node.before.push(...[...names].flatMap((name) => byId.get(name) ?? []));
  }
  return links;
}

export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What a person has left out counts as succeeded: whatever comes after goes on. */
export function stageAncestors({ state }: Run, node: StageNode): Ancestors {
  return ancestors(node, state, (one) => (one.state.bypassed ? 'succeeded' : one.state.result));
}

export function jobAncestors({ state }: Run, node: JobNode): Ancestors {
  return ancestors(node, state, (one) => one.state.result);
}

interface Linked<N> {
  readonly state: { readonly id: string };
  readonly before: readonly N[];
}

function ancestors<N extends Linked<N>>(
  node: N,
  { canceling }: RunState,
  resultOf: (node: N) => Result | null,
): Ancestors {
  const results = new Map<string, Result | null>();
  const open = [...node.before];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const key = one.state.id.toLowerCase();
    if (results.has(key)) continue;
    results.set(key, resultOf(one));
    open.push(...one.before);
  }
  return { results, isCanceling: canceling !== 'no' };
}

/** Each after those that it depends on. */
export function inOrder<N extends Linked<N>>(nodes: readonly N[]): readonly N[] {
  const after = successors(nodes);
  const missing = new Map(nodes.map((node) => [node, node.before.length]));
  const ordered = nodes.filter(({ before }) => before.length === 0);
  for (const node of ordered) {
    for (const next of after.get(node) ?? []) {
      const count = (missing.get(next) ?? 0) - 1;
      missing.set(next, count);
      if (count === 0) ordered.push(next);
    }
  }
  return ordered;
}

/** Everything that depends on one of `first`, directly or through others. */
export function dependents<N extends Linked<N>>(
  nodes: readonly N[],
  first: readonly N[],
): ReadonlySet<N> {
  const after = successors(nodes);
  const found = new Set<N>();
  const open = [...first];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const next of after.get(one) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}

function successors<N extends Linked<N>>(nodes: readonly N[]): ReadonlyMap<N, readonly N[]> {
  const after = new Map<N, N[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) for (const one of node.before) after.get(one)?.push(node);
  return after;
}
