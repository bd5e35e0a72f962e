// The options by which delivery pipelines are allowed to use a variable group or a service connection.
import type { PipelinePermissions } from '@ridgeline/client';
import type { Command } from 'commander';
import { collectName } from './option-values.ts';

export interface PermissionOptions {
  readonly allowPipeline: readonly string[];
  readonly forbidPipeline?: readonly string[];
  readonly allPipelines?: boolean;
}

export function withPermissions(command: Command, verb: 'create' | 'update'): Command {
  command
    .option('--allow-pipeline <name>', 'a delivery pipeline that may use it', collectName, [])
    .option('--all-pipelines', 'let all of them use it');
  if (verb === 'create') return command;
  return command
    .option('--forbid-pipeline <name>', 'one that may not any more', collectName, [])
    .option('--no-all-pipelines', 'only those that are named');
}

/** @param earlier those that may use it now: to allow one more leaves them. */
export function permissionsFrom(
  { allowPipeline, forbidPipeline = [], allPipelines }: PermissionOptions,
  earlier: readonly string[],
): PipelinePermissions {
  const named = allowPipeline.length > 0 || forbidPipeline.length > 0;
  const forbidden = new Set(forbidPipeline.map((name) => name.toLowerCase()));
  const kept = earlier.filter((name) => !forbidden.has(name.toLowerCase()));
  return {
    ...(named && { pipelines: [...kept, ...allowPipeline] }),
    ...(allPipelines !== undefined && { allowAllPipelines: allPipelines }),
  };
}

export function usersOf({
  allowAllPipelines,
  pipelines,
}: {
  readonly allowAllPipelines: boolean;
  readonly pipelines: readonly string[];
}): string {
  return allowAllPipelines ? 'all' : pipelines.join(', ') || 'none';
}
