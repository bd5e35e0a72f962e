// A step as a cluster runs it: which files it takes along, and its command with the cluster's paths
// in the place of this machine's.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StepStart } from '../runner/step-runner.ts';
import { passedOn } from '../step/step-environment.ts';
import type { BundledStep, Packed } from './bundle.ts';

export interface RemoteStep {
  readonly step: BundledStep;
  readonly packed: readonly Packed[];
}

/** @param root the folder on the cluster. */
export function remoteStep(start: StepStart, root: string): RemoteStep {
  const files = [...start.inputs].flatMap(([name, source]) => packedInput(start, name, source));
  const outputs = [...start.outputs.keys()];
  const command = start.commandWith({
    inputs: new Map([
      ...start.inputs,
      ...files.map(({ name, packed }) => [name, `${root}/${packed.path}`] as const),
    ]),
    outputs: new Map(outputs.map((name) => [name, `${root}/outputs/${name}`])),
  });
  return {
    step: { command, environment: remoteEnvironment(start.environment), outputs },
    packed: [
      { source: start.folder.code, path: 'code' },
      ...files.map(({ packed }) => packed),
      // Those that were made before the step: what is to be a file is not there yet.
      { source: start.folder.outputs, path: 'outputs' },
    ],
  };
}

interface PackedInput {
  readonly name: string;
  readonly packed: Packed;
}

/** Nothing for a value: what looks like a path of this machine is a user's text. */
function packedInput(
  { literals }: StepStart,
  name: string,
  source: string,
): readonly PackedInput[] {
  if (literals.has(name) || !path.isAbsolute(source) || !existsSync(source)) return [];
  return [{ name, packed: { source, path: `inputs/${name}/${path.basename(source)}` } }];
}

/**
 * What says where things are on this machine stays here. An address that only this machine has is
 * of no use elsewhere, and the token with it neither.
 */
function remoteEnvironment(
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const isLocal = isLoopback(environment.MLFLOW_TRACKING_URI ?? '');
  const stays = (name: string) =>
    passedOn.includes(name) || (isLocal && name.startsWith('MLFLOW_TRACKING_'));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !stays(name)));
}

function isLoopback(address: string): boolean {
  const { hostname = '' } = URL.parse(address) ?? {};
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
