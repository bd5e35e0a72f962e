// What a build was told when it was queued, as it is kept: as JSON in which the values of secrets
// are missing, and those beside it, to be sealed.
import type { GivenVariable, GivenVariables, RunFacts } from '@ridgeline/azure-pipelines';
import type { PinnedRepository } from '../repository/pinned-repository.ts';

export interface BuildFactsKept {
  readonly facts: RunFacts;
  /** By alias, `self` among them. */
  readonly repositories: Readonly<Record<string, PinnedRepository>>;
  /** Alias of a pipeline resource → the build whose artifacts are meant. */
  readonly resources: Readonly<Record<string, string>>;
}

type Pairs = readonly (readonly [name: string, variable: GivenVariable])[];

interface Written {
  readonly startTime: string;
  readonly variables: Pairs;
  readonly queueVariables: Pairs;
  readonly definitionVariables: Pairs;
  readonly groups: readonly (readonly [name: string, variables: Pairs])[];
  readonly environments: readonly (readonly [string, readonly unknown[]])[];
  readonly resources: unknown;
  readonly stagesToSkip: readonly string[];
}

export interface SealedFacts {
  readonly json: string;
  /** In the order in which they are missing. */
  readonly secrets: readonly string[];
}

export function sealFacts({ facts, repositories, resources }: BuildFactsKept): SealedFacts {
  const secrets: string[] = [];
  const without = (given: GivenVariables = new Map()): Pairs =>
    [...given].map(([name, variable]) => {
      if (variable.secret !== true) return [name, variable];
      secrets.push(variable.value);
      return [name, { ...variable, value: '' }];
    });
  const written: Written = {
    startTime: facts.startTime,
    variables: without(facts.variables),
    queueVariables: without(facts.queueVariables),
    definitionVariables: without(facts.definitionVariables),
    groups: [...(facts.groups ?? [])].map(([name, group]) => [name, without(group)]),
    environments: [...(facts.environments ?? [])],
    resources: facts.resources ?? null,
    stagesToSkip: facts.stagesToSkip ?? [],
  };
  return { json: JSON.stringify({ written, repositories, resources }), secrets };
}

/** The counters are the caller's to add. */
export function openFacts({ json, secrets }: SealedFacts): BuildFactsKept {
  const kept = JSON.parse(json) as BuildFactsKept & { readonly written: Written };
  const left = [...secrets];
  const filled = (pairs: Pairs): GivenVariables =>
    new Map(
      pairs.map(([name, variable]) => {
        if (variable.secret !== true) return [name, variable];
        return [name, { ...variable, value: left.shift() ?? '' }];
      }),
    );
  const { written, repositories, resources } = kept;
  const { startTime, stagesToSkip } = written;
  // In the order in which they were sealed.
  const variables = filled(written.variables);
  const queueVariables = filled(written.queueVariables);
  const definitionVariables = filled(written.definitionVariables);
  const groups = new Map(written.groups.map(([name, pairs]) => [name, filled(pairs)]));
  const environments = new Map(written.environments) as RunFacts['environments'];
  const facts: RunFacts = {
    startTime,
    variables,
    queueVariables,
    definitionVariables,
    groups,
    ...(environments !== undefined && { environments }),
    resources: written.resources ?? {},
    stagesToSkip,
  };
  return { facts, repositories, resources };
}
