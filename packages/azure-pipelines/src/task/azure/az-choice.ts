// Which `az` a step gets: the stand-in that the host of the job has put on its PATH, or the real Azure
// CLI where that is asked for, by the variable RIDGELINE_AZ or by the service connection's fact `az`.

import { delimiter, dirname, resolve } from 'node:path';
import { findProgram, requireProgram } from '../program.ts';
import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import type { TaskContext } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export const azKinds = ['stand-in', 'real'] as const;
export type AzKind = (typeof azKinds)[number];

/** The folder of the stand-in, which holds nothing else. */
const folderVariable = 'RIDGELINE_AZ_FOLDER';

/** An environment in which the stand-in is the first `az`. It runs on the Node of this process. */
export function withAzStandIn(env: Environment, folder: string): Environment {
  const key = pathKey(env);
  const path = [folder, ...(env[key] === undefined ? [] : [env[key]])].join(delimiter);
  return { ...env, [key]: path, [folderVariable]: folder, RIDGELINE_NODE: process.execPath };
}

/** The other way round: in it the stand-in is not to be found. */
export function withoutAzStandIn(env: Environment): Environment {
  const standIn = env[folderVariable];
  if (standIn === undefined) return env;
  const key = pathKey(env);
  const folders = (env[key] ?? '').split(delimiter).filter((one) => resolve(one) !== standIn);
  return { ...env, [key]: folders.join(delimiter) };
}

function pathKey(env: Environment): string {
  return Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
}

export interface Az {
  /** The program's file. */
  readonly az: string;
  readonly isStandIn: boolean;
  /** For the step's processes, so that a script's `az` is the same one. */
  readonly env: Readonly<Record<string, string>>;
}

const install =
  'Install the Azure CLI (https://aka.ms/install-azure-cli), put a stand-in for it on PATH, or mock this task.';

/** @throws TaskFailure where there is none, or the choice is none */
export function chooseAz(context: TaskContext, connection: ServiceConnection): Az {
  const asked = connectionValue(connection, 'az') ?? context.env.RIDGELINE_AZ;
  const kind = azKindOf(asked);
  if (kind === 'real') return realAz(context);
  const az = requireProgram(context, 'az', install);
  const isStandIn = dirname(az) === context.env[folderVariable];
  return { az, isStandIn, env: { RIDGELINE_AZ: kind } };
}

function azKindOf(asked: string | undefined): AzKind {
  const wanted = asked?.trim().toLowerCase() || 'stand-in';
  const kind = azKinds.find((one) => one === wanted);
  if (kind !== undefined) return kind;
  throw new TaskFailure(`RIDGELINE_AZ, or the connection's 'az', is none of ${azKinds.join(', ')}`);
}

function realAz(context: TaskContext): Az {
  if (context.inContainer === true) return { az: 'az', isStandIn: false, env: {} };
  const { PATH = '' } = withoutAzStandIn(context.env);
  const az = findProgram('az', { ...context.env, PATH }, context.folders.workingDirectory);
  if (az !== undefined) return { az, isStandIn: false, env: { PATH, RIDGELINE_AZ: 'real' } };
  throw new TaskFailure(
    "The real Azure CLI is asked for (RIDGELINE_AZ, or the connection's 'az', is 'real'), and none is on this machine's PATH. Install it (https://aka.ms/install-azure-cli), or leave the choice out for the stand-in.",
  );
}
