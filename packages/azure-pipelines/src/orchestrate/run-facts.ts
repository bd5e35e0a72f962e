// What the orchestrator is told of a run and cannot read in its pipeline. Nothing in it may change
// while the run lasts: a restored orchestrator works out the same from the same facts.

export interface RunFacts {
  /** UTC, ISO 8601: `pipeline.startTime`. */
  readonly startTime: string;
  /** Predefined variables of the run (Build.*, System.*). Those that are readonly stand above
   * everything that the file says, the others below all of it. */
  readonly variables: GivenVariables;
  /** Given when the run was started. The file's own variables stand above them. */
  readonly queueVariables?: GivenVariables;
  /** Kept with the definition; below those given at the start. */
  readonly definitionVariables?: GivenVariables;
  /** Variable groups by name, letter case aside. */
  readonly groups?: ReadonlyMap<string, GivenVariables>;
  /** Environments by name, letter case aside, with their machines: the targets of `rolling`. */
  readonly environments?: ReadonlyMap<string, readonly EnvironmentResource[]>;
  /** `resources` of expressions, as plain JSON. */
  readonly resources?: unknown;
  /** The next value of a counter of this pipeline: `seed` at first, one more with each run. Asked
   * once a run for a prefix (in lower case). Without it a counter gives its seed. */
  readonly nextCounter?: (prefix: string, seed: number) => number;
  /** Ids of stages left out by whoever started the run. What depends on them goes on as if they
   * had succeeded. */
  readonly stagesToSkip?: readonly string[];
}

/** By name, letter case aside. */
export type GivenVariables = ReadonlyMap<string, GivenVariable>;

export interface GivenVariable {
  readonly value: string;
  /** Default false. */
  readonly secret?: boolean;
  /** Default false. */
  readonly readonly?: boolean;
}

export interface EnvironmentResource {
  readonly name: string;
  readonly type: 'VirtualMachine' | 'Kubernetes';
  readonly tags: readonly string[];
}
