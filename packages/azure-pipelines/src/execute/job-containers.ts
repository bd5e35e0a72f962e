// The containers of one job: its services, and the one that its steps run in.

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { execInContainer, signalInContainer } from './container-arguments.ts';
import type { ContainerEngine } from './container-engine.ts';

/** What steps call this machine. */
export const hostTarget = 'host';

/** A process to be started, here or in a container. */
export interface Placement {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signalInside?: (signal: NodeJS.Signals) => void;
}

export interface Surroundings {
  readonly engine: ContainerEngine;
  readonly network: string;
  /** For the ids of processes; the containers have it too. */
  readonly temp: string;
  /** The environment of this machine, which is not that of a container. */
  readonly machine: Readonly<Record<string, string>>;
  readonly prependedPath: readonly string[];
}

export class JobContainers {
  readonly #around: Surroundings;
  readonly #started: string[] = [];
  /** Names by the alias of the container, in lower case. */
  readonly #byAlias = new Map<string, string>();
  #own: string | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Whatever becomes of it: it is removed at the end. */
  add(name: string): void {
    this.#started.push(name);
  }

  /** For the steps that ask for it. */
  offer(name: string, alias: string): void {
    this.#byAlias.set(alias.toLowerCase(), name);
  }

  /** For the steps that ask for nothing else. */
  useForSteps(name: string): void {
    this.#own = name;
  }

  /** Whether a step's `target` is there. */
  hasTarget(target: string): boolean {
    return target === hostTarget || this.#byAlias.has(target.toLowerCase());
  }

  /** `target` undefined: the job's container, if it has one. */
  place(target: string | undefined, own: Placement): Placement {
    const name = this.#nameFor(target);
    return name === undefined ? own : this.#within(name, own);
  }

  /** Whether a step's processes are placed in a container. */
  takes(target: string | undefined): boolean {
    return this.#nameFor(target) !== undefined;
  }

  #nameFor(target: string | undefined): string | undefined {
    return target === undefined ? this.#own : this.#byAlias.get(target.toLowerCase());
  }

  #within(name: string, own: Placement): Placement {
    const { engine, machine, prependedPath, temp } = this.#around;
    const pidFile = path.join(temp, `${randomUUID()}.pid`);
    const variables = Object.keys(own.env).filter((name) => {
      return own.env[name] !== machine[name] && name.toUpperCase() !== 'PATH';
    });
    const { command, args, cwd, env } = own;
    const request = { name, command, args, cwd, variables, pidFile, prependedPath };
    return {
      command: engine.program,
      args: execInContainer(request),
      cwd: temp,
      env: { ...env, PATH: machine.PATH ?? '' },
      signalInside: (signal) => {
        const sent = engine.try(signalInContainer(name, pidFile, signal.replace('SIG', '')));
        // The process may have ended, or never have begun.
        void sent.catch(() => {});
      },
    };
  }

  async stop(): Promise<void> {
    const { engine, network } = this.#around;
    if (this.#started.length > 0)
      await engine.try(['rm', '--force', '--volumes', ...this.#started]);
    await engine.try(['network', 'rm', network]);
  }
}
