// Starts what a job wants beside and around its steps: services, and the container of its steps.
// Without an engine the steps run on this machine, and a warning says so.

import { existsSync } from 'node:fs';
import type { ContainerRun } from '../orchestrate/job-run.ts';
import { TaskFailure } from '../task/task-outcome.ts';
import { createJobContainer, createService, type Mount } from './container-arguments.ts';
import { type ContainerEngine, findEngine } from './container-engine.ts';
import { JobContainers } from './job-containers.ts';
import type { JobRecord } from './job-record.ts';
import type { JobScope } from './job-scope.ts';
import { untilHealthy } from './service-health.ts';
import { taskHost } from './task-runtime.ts';

export async function startContainers(job: JobScope, record: JobRecord): Promise<void> {
  const { container, services, stepContainers = new Map() } = job.settings.run;
  if (container === undefined && services.size === 0 && stepContainers.size === 0) return;
  const engine = await findEngine(job.settings.environment);
  if (engine === undefined) return warnOfNone(job, record);
  const network = `vsts_network_${job.settings.lookupId}`;
  const start = new ContainerStart(job, record, engine, network);
  try {
    await engine.run(['network', 'create', network]);
    for (const [name, service] of services) await start.service(name, service);
    for (const [alias, run] of stepContainers) await start.forSteps(run, alias);
    if (container !== undefined) await start.forAllSteps(container);
  } catch (error) {
    const isCanceled = job.settings.cancellation.canceled.aborted;
    if (!isCanceled && !(error instanceof TaskFailure)) throw error;
    const message = isCanceled ? 'Canceled while containers started' : (error as Error).message;
    record.add('error', message);
  }
}

function warnOfNone(job: JobScope, record: JobRecord): void {
  const { container, services } = job.settings.run;
  const lack = 'Neither docker nor podman runs here';
  if (container !== undefined) {
    record.add('warning', `${lack}: the steps run on this machine, not in ${container.image}`);
  }
  for (const [name, { image }] of services) {
    record.add('warning', `${lack}: the service '${name}' (${image}) is not started`);
  }
}

const socket = '/var/run/docker.sock';

class ContainerStart {
  readonly #job: JobScope;
  readonly #record: JobRecord;
  readonly #engine: ContainerEngine;
  readonly #network: string;
  readonly #containers: JobContainers;
  /** Agent.ContainerMapping. */
  readonly #mapping: Record<string, { readonly id: string }> = {};

  constructor(job: JobScope, record: JobRecord, engine: ContainerEngine, network: string) {
    const { folders, environment } = job.settings;
    this.#job = job;
    this.#record = record;
    this.#engine = engine;
    this.#network = network;
    this.#containers = new JobContainers({
      engine,
      network,
      temp: folders.temp,
      machine: environment,
      prependedPath: job.prependedPath,
    });
    job.containers = this.#containers;
  }

  async service(alias: string, run: ContainerRun): Promise<void> {
    const name = await this.#create(alias, run, (request) => createService(request, alias));
    const { canceled } = this.#job.settings.cancellation;
    await untilHealthy(this.#engine, name, alias, canceled);
    await this.#showPorts(name, alias);
  }

  async forAllSteps(run: ContainerRun): Promise<void> {
    const name = await this.forSteps(run, run.container.alias ?? 'job');
    this.#containers.useForSteps(name);
    this.#job.variables.set('Agent.ContainerId', name, { readonly: true });
  }

  async forSteps(run: ContainerRun, alias: string): Promise<string> {
    const mounts = this.#mounts(run);
    const asked = run.container.options?.text ?? '';
    const user = /(^|\s)(-u|--user)\b/.test(asked) ? undefined : currentUser();
    const name = await this.#create(alias, run, (request) => {
      return createJobContainer(request, mounts, user);
    });
    this.#containers.offer(name, alias);
    return name;
  }

  async #create(
    suffix: string,
    run: ContainerRun,
    argumentsOf: (request: Parameters<typeof createService>[0]) => string[],
  ): Promise<string> {
    const { lookupId } = this.#job.settings;
    const name = `${lookupId}_${suffix}`.replace(/[^\w.-]/g, '_');
    await this.#pull(run);
    const expand = (text: string) => this.#job.variables.expand(text);
    this.#containers.add(name);
    await this.#engine.run(argumentsOf({ name, network: this.#network, container: run, expand }));
    await this.#engine.run(['start', name]);
    this.#record.say(`Started ${run.image} as ${name}`);
    this.#mapping[suffix] = { id: name };
    const mapping = JSON.stringify(this.#mapping);
    this.#job.variables.set('Agent.ContainerMapping', mapping, { readonly: true });
    return name;
  }

  async #pull({ container, image }: ContainerRun): Promise<void> {
    if (container.localImage) return;
    if (container.endpoint !== undefined) await this.#logIn(container.endpoint.text);
    this.#record.say(`Pulling ${image}`);
    await this.#engine.run(['pull', image], { signal: this.#job.settings.cancellation.canceled });
  }

  async #logIn(name: string): Promise<void> {
    const connection = await taskHost(this.#job).serviceConnection(name);
    if (connection === undefined) throw new TaskFailure(`There is no service connection '${name}'`);
    const of = (key: string) => {
      const entry = Object.entries(connection.parameters).find(([k]) => k.toLowerCase() === key);
      return entry?.[1] ?? '';
    };
    const registry = of('registry') || (connection.url ?? '');
    const args = ['login', '--username', of('username'), '--password-stdin', registry];
    await this.#engine.run(args, { stdin: of('password') });
  }

  #mounts({ container }: ContainerRun): Mount[] {
    const { folders } = this.#job.settings;
    const isReadonly = (name: string) => container.mountReadOnly.includes(name);
    const mapped = container.mapDockerSocket?.text.toLowerCase() !== 'false' && existsSync(socket);
    return [
      { folder: folders.workspace, readonly: isReadonly('work') },
      { folder: folders.temp, readonly: false },
      { folder: folders.tools, readonly: isReadonly('tools') },
      ...(mapped ? [{ folder: socket, readonly: false }] : []),
    ];
  }

  async #showPorts(name: string, alias: string): Promise<void> {
    const ports = await this.#engine.run(['port', name]);
    for (const [, inside, outside] of ports.matchAll(/^(\d+)\/\w+ -> .*:(\d+)$/gm)) {
      const variable = `agent.services.${alias}.ports.${inside}`;
      this.#job.variables.set(variable, outside ?? '', { readonly: true });
    }
  }
}

/** Files that steps write belong to whoever runs the job. The administrator needs no such care. */
function currentUser(): string | undefined {
  const [user, group] = [process.getuid?.(), process.getgid?.()];
  return user === undefined || user === 0 ? undefined : `${user}:${group}`;
}
