// One endpoint at work: which deployment its requests go to, and how the recorded wish becomes
// that deployment. Changes are made one after the other, and recorded before they take effect.

import { join } from 'node:path';
import { isPassingFault } from '@ridgeline/workspace';
import { Deployment, type DeploymentObserver } from '../deployment/deployment.ts';
import { internalFailure } from '../deployment/deployment-failure.ts';
import type { DeploymentHost } from '../deployment/launch-instance.ts';
import type { EndpointFailure, EndpointKeys } from '../endpoint/endpoint.ts';
import type { Route } from '../gateway/gateway.ts';
import { keepGenerations } from '../instance/generation-folder.ts';
import { hashKey, type KeyHash } from '../keys/authorize.ts';
import {
  type DeploymentRecord,
  type EndpointRecord,
  servingDeployment,
  wantedDeployment,
} from '../store/endpoint-record.ts';
import type { EndpointStore } from '../store/endpoint-store.ts';

export interface RuntimeHost extends DeploymentHost {
  readonly store: EndpointStore;
  /** Told of what went wrong behind the scenes, such as a full disk. */
  readonly onError: (error: unknown) => void;
  /** What was wanted of the endpoint has not come about: of a passing fault, it is tried again. */
  readonly onBrokenOff: (name: string, error: unknown) => void;
}

export class EndpointRuntime implements Route {
  readonly name: string;
  readonly #host: RuntimeHost;
  readonly #folder: string;
  /** Every deployment that may still have a process. */
  readonly #live = new Set<Deployment>();
  #keys: readonly KeyHash[] = [];
  #routed: readonly Deployment[] = [];
  #candidate: Deployment | null = null;
  #work: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(host: RuntimeHost, name: string) {
    this.name = name;
    this.#host = host;
    this.#folder = join(host.workspace.folder, 'endpoints', name);
  }

  get keys(): readonly KeyHash[] {
    return this.#keys;
  }

  get deployments(): readonly Deployment[] {
    return this.#routed;
  }

  useKeys({ primaryKey, secondaryKey }: EndpointKeys): void {
    this.#keys = [hashKey(primaryKey), hashKey(secondaryKey)];
  }

  /** Goes on where the last server left off, or where a passing fault has broken it off. */
  async restore(record: EndpointRecord): Promise<void> {
    const serving = servingDeployment(record);
    if (serving && this.#routed.length === 0) {
      await this.#host.store.recordRestarting(this.name, serving.generation);
      this.#serve(this.#deployment(serving));
    }
    this.rollOut();
  }

  /** Starts on the newest recorded wish; one that is still being started gives way to it. */
  rollOut(): void {
    this.#candidate?.abandon();
    this.#enqueue(() =>
      this.#rollOutWanted().catch((error) => this.#host.onBrokenOff(this.name, error)),
    );
  }

  /** Resolves when every process is gone; what is recorded stays for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#candidate?.abandon();
    await this.#work;
    await Promise.all([...this.#live].map((deployment) => this.#retire(deployment)));
    this.#routed = [];
  }

  async #rollOutWanted(): Promise<void> {
    const record = await this.#host.store.get(this.name);
    const wanted = record === null ? null : wantedDeployment(record);
    if (wanted === null || this.#stopping) return;
    const candidate = this.#deployment(wanted);
    this.#candidate = candidate;
    try {
      if (!(await this.#makeServe(candidate))) await this.#retire(candidate);
    } catch (error) {
      await this.#retire(candidate);
      if (!isPassingFault(error)) await this.#recordFailed(candidate, internalFailure(error));
      throw error;
    } finally {
      this.#candidate = null;
    }
    this.#enqueue(() => this.#sweep());
  }

  /** False when the candidate did not come to serve; why is recorded then. */
  async #makeServe(candidate: Deployment): Promise<boolean> {
    const { store } = this.#host;
    const failure = await candidate.start(this.#observer(candidate));
    if (failure) {
      if (!candidate.abandoned) await this.#recordFailed(candidate, failure);
      return false;
    }
    if (!(await store.recordPromoted(this.name, candidate.generation))) return false;
    const replaced = this.#routed;
    this.#serve(candidate);
    // Not waited for: the next update need not wait until the last slow request is answered.
    for (const deployment of replaced) void this.#retireAndSweep(deployment);
    return true;
  }

  /** The swap: from this assignment on, every request goes to `deployment`. */
  #serve(deployment: Deployment): void {
    this.#routed = [deployment];
    deployment.keepRunning(this.#observer(deployment));
  }

  #observer(deployment: Deployment): DeploymentObserver {
    const { store } = this.#host;
    const { generation } = deployment;
    return {
      waiting: (failure) =>
        this.#reporting(() => store.recordWaiting(this.name, generation, failure)),
      restarting: () => this.#reporting(() => store.recordRestarting(this.name, generation)),
      running: () => this.#reporting(() => store.recordRunning(this.name, generation)),
      failed: (failure) => this.#reporting(() => this.#recordFailed(deployment, failure)),
    };
  }

  async #recordFailed({ generation }: Deployment, failure: EndpointFailure): Promise<void> {
    await this.#host.store.recordFailed(this.name, generation, failure);
  }

  #deployment(record: DeploymentRecord): Deployment {
    const deployment = new Deployment(this.#host, this.name, this.#folder, record);
    this.#live.add(deployment);
    return deployment;
  }

  async #retire(deployment: Deployment): Promise<void> {
    await deployment.retire();
    this.#live.delete(deployment);
  }

  async #retireAndSweep(deployment: Deployment): Promise<void> {
    await this.#reporting(() => this.#retire(deployment));
    this.#enqueue(() => this.#sweep());
  }

  /** Removes the folders of generations that nobody knows any more. */
  async #sweep(): Promise<void> {
    const record = await this.#host.store.get(this.name);
    if (record === null || this.#stopping) return;
    const known = [...record.deployments, ...this.#live].map(({ generation }) => generation);
    await keepGenerations(this.#folder, known);
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(() => this.#reporting(work));
  }

  async #reporting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#host.onError(error);
    }
  }
}
