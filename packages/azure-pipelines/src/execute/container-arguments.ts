// What the engine is called with.

import type { ContainerRun } from '../orchestrate/job-run.ts';
import { splitArguments } from '../task/split-arguments.ts';

export interface CreateContainer {
  readonly name: string;
  readonly network: string;
  readonly container: ContainerRun;
  /** Replaces macros. */
  readonly expand: (text: string) => string;
}

export interface Mount {
  readonly folder: string;
  readonly readonly: boolean;
}

/** A service runs what its image runs, under its own name in the network. */
export function createService(service: CreateContainer, alias: string): string[] {
  const { image } = service.container;
  return [...createOptions(service), '--network-alias', alias, image];
}

/** The job's container does nothing: steps are run in it. Folders have the same paths in it as on
 * this machine, so no path needs to be translated. */
export function createJobContainer(
  job: CreateContainer,
  mounts: readonly Mount[],
  user: string | undefined,
): string[] {
  const volumes = mounts.map(
    ({ folder, readonly }) => `${folder}:${folder}${readonly ? ':ro' : ''}`,
  );
  return [
    ...createOptions(job),
    ...volumes.flatMap((volume) => ['--volume', volume]),
    ...(user === undefined ? [] : ['--user', user]),
    '--entrypoint',
    'sh',
    job.container.image,
    '-c',
    'while :; do sleep 3600; done',
  ];
}

function createOptions({ name, network, container: { container }, expand }: CreateContainer) {
  const env = [...container.env].map(([key, { text }]) => `${key}=${expand(text)}`);
  return [
    'create',
    '--name',
    name,
    '--network',
    network,
    ...env.flatMap((entry) => ['--env', entry]),
    ...container.ports.flatMap(({ text }) => ['--publish', expand(text)]),
    ...container.volumes.flatMap(({ text }) => ['--volume', expand(text)]),
    ...splitArguments(expand(container.options?.text ?? '')),
  ];
}

export interface ExecInContainer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Names only: the values come from the engine's own environment, where nobody sees them. */
  readonly variables: readonly string[];
  /** Takes the process's id within the container, so that it can be signaled. */
  readonly pidFile: string;
  /** In front of the path that the container has. */
  readonly prependedPath: readonly string[];
}

const wrapper = 'echo $$ > "$1"; [ -z "$2" ] || PATH="$2:$PATH"; shift 2; exec "$@"';

export function execInContainer(request: ExecInContainer): string[] {
  const { name, command, args, cwd, variables, pidFile, prependedPath } = request;
  return [
    'exec',
    '--interactive',
    '--workdir',
    cwd,
    ...variables.flatMap((variable) => ['--env', variable]),
    name,
    'sh',
    '-c',
    wrapper,
    'sh',
    pidFile,
    prependedPath.join(':'),
    command,
    ...args,
  ];
}

/** A process that is run in a container leads a group of its own there. */
export function signalInContainer(name: string, pidFile: string, signal: string): string[] {
  const send = `p=$(cat "$1") && { kill -s ${signal} -- -"$p" || kill -s ${signal} "$p"; }`;
  return ['exec', name, 'sh', '-c', send, 'sh', pidFile];
}
