// What a step of type `automl` is given, and what it stands in.
import type { AutoMLDefinition } from './definition.ts';

export interface AutoMLStep {
  readonly definition: AutoMLDefinition;
  /** Paths, or of a literal its value, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

export interface StepSurroundings {
  readonly print: (line: string) => void;
  /** Ends the search with the best so far. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
