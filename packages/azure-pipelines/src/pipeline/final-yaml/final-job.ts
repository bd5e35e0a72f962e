// Jobs and deployments as the final YAML has them.

import type { DeploymentStrategy, Hook, Hooks } from '../deployment.ts';
import { hookNames } from '../deployment.ts';
import type { Job, Pool, Strategy } from '../pipeline.ts';
import { list, listUnlessEmpty, mapping, type Written } from './final-document.ts';
import {
  writtenContainer,
  writtenPool,
  writtenServices,
  writtenVariables,
} from './final-shared.ts';
import { writtenSteps } from './final-steps.ts';

/** `inherited`: the pool that it has without a word. */
export function writtenJob(job: Job, inherited: Pool | undefined): Written {
  const { origin } = job;
  const isDeployment = job.kind === 'deployment';
  return mapping(
    [
      [isDeployment ? 'deployment' : 'job', { text: job.id, origin }],
      ['displayName', hasOwnDisplayName(job) ? job.displayName : undefined],
      ['dependsOn', listUnlessEmpty(job.dependsOn)],
      ['condition', job.condition],
      ['continueOnError', job.continueOnError],
      ['timeoutInMinutes', job.timeoutInMinutes],
      ['cancelTimeoutInMinutes', job.cancelTimeoutInMinutes],
      ['variables', writtenVariables(job.variables)],
      ['pool', job.pool && job.pool !== inherited ? writtenPool(job.pool) : undefined],
      ['container', job.container && writtenContainer(job.container)],
      ['services', writtenServices(job.services)],
      ['workspace', job.workspace && mapping([['clean', job.workspace.clean]])],
      ['uses', writtenUses(job)],
      ['environment', writtenEnvironment(job)],
      ['strategy', writtenStrategy(job)],
      ['steps', isDeployment ? undefined : writtenSteps(job.steps, implicitOf(job))],
    ],
    origin,
  );
}

function implicitOf({ kind }: Job): 'checkout' | undefined {
  return kind === 'job' ? 'checkout' : undefined;
}

function hasOwnDisplayName({ id, displayName }: Job): boolean {
  return displayName.text !== (id === '__default' ? 'Job' : id);
}

function writtenUses({ uses }: Job): Written | undefined {
  if (uses === undefined) return undefined;
  return mapping([
    ['repositories', listUnlessEmpty(uses.repositories)],
    ['pools', listUnlessEmpty(uses.pools)],
  ]);
}

function writtenEnvironment({ environment }: Job): Written | undefined {
  if (environment === undefined) return undefined;
  const { name, resourceName, resourceId, resourceType, tags, origin } = environment;
  return mapping(
    [
      ['name', name],
      ['resourceName', resourceName],
      ['resourceId', resourceId],
      ['resourceType', resourceType],
      ['tags', listUnlessEmpty(tags)],
    ],
    origin,
  );
}

function writtenStrategy({ strategy, deployment }: Job): Written | undefined {
  if (deployment !== undefined) return writtenDeployment(deployment);
  return strategy && mapping([...multiplied(strategy), ['maxParallel', strategy.maxParallel]]);
}

function multiplied(strategy: Strategy) {
  if (strategy.kind === 'parallel') return [['parallel', strategy.count]] as const;
  if (strategy.kind === 'runtime') return [['matrix', strategy.runtime]] as const;
  const legs = strategy.legs.map(
    ({ name, variables, origin }) => [name, mapping([...variables], origin)] as const,
  );
  return [['matrix', mapping(legs)]] as const;
}

function writtenDeployment(deployment: DeploymentStrategy): Written {
  const keys = [...ownKeys(deployment), ...hookKeys(deployment.hooks)];
  return mapping([[deployment.kind, mapping(keys)]]);
}

function ownKeys(deployment: DeploymentStrategy) {
  if (deployment.kind === 'rolling') return [['maxParallel', deployment.maxParallel]] as const;
  if (deployment.kind === 'canary') return [['increments', list(deployment.increments)]] as const;
  return [];
}

function hookKeys(hooks: Hooks) {
  const { onFailure, onSuccess } = hooks;
  const on = mapping([
    ['failure', onFailure && writtenHook(onFailure)],
    ['success', onSuccess && writtenHook(onSuccess)],
  ]);
  return [
    ...hookNames.map((name) => {
      const hook = hooks[name];
      return [
        name,
        hook && writtenHook(hook, name === 'deploy' ? 'downloads' : undefined),
      ] as const;
    }),
    ['on', onFailure || onSuccess ? on : undefined] as const,
  ];
}

function writtenHook(hook: Hook, implicit?: 'downloads'): Written {
  return mapping(
    [
      ['pool', hook.pool && writtenPool(hook.pool)],
      ['steps', writtenSteps(hook.steps, implicit)],
    ],
    hook.origin,
  );
}
