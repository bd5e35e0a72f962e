// A step that is written once and used by many pipelines, as Azure ML's `component` files say it.
import type { PipelineInput, PipelineOutput } from '../job/port-types.ts';

export const componentTypes = ['command', 'pipeline', 'parallel'] as const;
export type ComponentType = (typeof componentTypes)[number];

export interface ComponentDefinition {
  readonly name: string;
  /** Null: the workspace takes the next one. */
  readonly version: string | null;
  readonly type: ComponentType;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly isDeterministic: boolean;
  readonly inputs: ReadonlyMap<string, PipelineInput>;
  readonly outputs: ReadonlyMap<string, PipelineOutput>;
  /** The local folders of code that it and the components in it name, each once, relative to its
   * file: `./src`. */
  readonly code: readonly string[];
  /** The local conda files of environments that stand within it and those components, likewise. */
  readonly condaFiles: readonly string[];
}
