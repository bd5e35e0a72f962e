// What the steps of one pipeline can refer to, and the edges that their references make.
import type { PipelineInput, PipelineOutput, StepOutput } from '../job/port-types.ts';
import type { FileScope } from './file-scope.ts';

/** Step `from` reads an output of step `to`; `offset`: where in the file it says so. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly offset: number;
}

export interface PipelineScope {
  readonly file: FileScope;
  /** As declared. */
  readonly inputs: ReadonlyMap<string, PipelineInput>;
  /** Those that a component takes less of than their declaration says. */
  readonly narrowed: Map<string, PipelineInput>;
  readonly outputs: Map<string, PipelineOutput>;
  /** The outputs of every step, by the step's name; null where they cannot be known, as its
   * component is missing or wrong. */
  readonly stepOutputs: Map<string, ReadonlyMap<string, StepOutput> | null>;
  readonly edges: Edge[];
}
