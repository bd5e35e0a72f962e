// A pipeline as a graph, and its steps before the pipelines among them are written out.
import type { PipelineInput, PipelineOutput } from '../job/port-types.ts';
import type { Step, StepBase } from '../job/step-types.ts';

/** Of a job or a component. Producers of outputs are steps of it. */
export interface Graph {
  readonly inputs: ReadonlyMap<string, PipelineInput>;
  readonly outputs: ReadonlyMap<string, PipelineOutput>;
  readonly steps: ReadonlyMap<string, Step>;
  /** How many steps, those in loops counted once. */
  readonly size: number;
}

/** A step whose component is a pipeline. */
export interface PipelineNode extends StepBase {
  readonly type: 'pipeline';
  readonly graph: Graph;
}

export type LocalStep = Step | PipelineNode;
