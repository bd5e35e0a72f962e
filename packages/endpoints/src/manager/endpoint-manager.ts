// All endpoints of a workspace: the operations on them by name. What is wanted is recorded first
// and brought about in the background, so that a killed server goes on where it was.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Resumption } from '@ridgeline/workspace';
import { checkSpec } from '../endpoint/check-spec.ts';
import type { Endpoint, EndpointKeys, EndpointSpec, KeyType } from '../endpoint/endpoint.ts';
import { beingDeleted, notFound, stopped } from '../endpoint/endpoint-errors.ts';
import { checkEndpointName } from '../endpoint/names.ts';
import { forwardRequest } from '../gateway/gateway.ts';
import {
  errorAnswer,
  type GatewayAnswer,
  type GatewayRequest,
} from '../gateway/gateway-message.ts';
import { KeyRing } from '../keys/key-ring.ts';
import type { EndpointRecord } from '../store/endpoint-record.ts';
import { endpointLogs } from './endpoint-logs.ts';
import { EndpointRuntime, type RuntimeHost } from './endpoint-runtime.ts';
import { endpointView, isSettled } from './endpoint-view.ts';
import { NameLock } from './name-lock.ts';
import { resolveSpec } from './resolve-spec.ts';

export class EndpointManager {
  readonly #host: RuntimeHost;
  readonly #publicUrl: () => string;
  readonly #keyRing: KeyRing;
  readonly #runtimes = new Map<string, EndpointRuntime>();
  readonly #deletions = new Map<string, Promise<void>>();
  readonly #lock = new NameLock();
  readonly #resumption: Resumption;
  #running = false;
  /** Until then, an endpoint that is not at work may still exist. */
  #restored = false;

  /** Use `openEndpointManager`. */
  constructor(host: Omit<RuntimeHost, 'onBrokenOff'>, publicUrl: () => string) {
    this.#resumption = new Resumption({
      firstPauseMs: host.limits.resumePauseMs,
      resume: (name) => this.#resume(name),
      report: (_, error) => host.onError(error),
    });
    this.#host = { ...host, onBrokenOff: (name, error) => this.#resumption.note(name, error) };
    this.#publicUrl = publicUrl;
    this.#keyRing = new KeyRing(host.workspace.secrets);
  }

  /** Brings up every recorded endpoint; does not wait until they are ready. */
  async start(): Promise<void> {
    this.#running = true;
    for (const record of await this.#host.store.list()) {
      // One that cannot be brought up must not keep the others down.
      await this.#restore(record).catch((error) => this.#host.onBrokenOff(record.name, error));
    }
    this.#restored = true;
  }

  /**
   * Records what the endpoint is to be and answers at once; `get` tells how far it is. Throws
   * what is wrong with name or spec, or ENDPOINT_BEING_DELETED, and then nothing has changed.
   */
  async createOrUpdate(name: string, spec: EndpointSpec): Promise<Endpoint> {
    this.#assertRunning();
    checkEndpointName(name);
    const resolved = await resolveSpec(this.#host.workspace, checkSpec(spec));
    return this.#lock.hold(name, async () => {
      await this.#host.store.recordWanted(name, resolved);
      const runtime = await this.#runtime(name);
      runtime.rollOut();
      return this.get(name);
    });
  }

  /** Throws ENDPOINT_NOT_FOUND. */
  async get(name: string): Promise<Endpoint> {
    return endpointView(await this.#record(name), this.#publicUrl());
  }

  /** All endpoints by name. */
  async list(): Promise<Endpoint[]> {
    const records = await this.#host.store.list();
    return records.map((record) => endpointView(record, this.#publicUrl()));
  }

  /**
   * From the call on there are no more requests; resolves when those under way are answered and
   * process, keys, folder and record are gone. Throws ENDPOINT_NOT_FOUND.
   */
  async delete(name: string): Promise<void> {
    this.#assertRunning();
    const deletion = await this.#lock.hold(name, async () => {
      await this.#record(name);
      await this.#host.store.recordDeleting(name);
      // Wrapped: a promise returned as it is would be waited for while the lock is held.
      return { ended: this.#deletions.get(name) ?? this.#finishDeletion(name) };
    });
    await deletion.ended;
  }

  /** Throws ENDPOINT_NOT_FOUND or ENDPOINT_BEING_DELETED. */
  async keys(name: string): Promise<EndpointKeys> {
    return this.#lock.hold(name, async () => {
      await this.#keptRecord(name);
      return this.#keyRing.keysOf(name);
    });
  }

  /** Replaces one key; the old one is refused from then on. Throws as `keys`, KEY_TYPE_INVALID. */
  async regenerateKey(name: string, type: KeyType): Promise<EndpointKeys> {
    return this.#lock.hold(name, async () => {
      await this.#keptRecord(name);
      const keys = await this.#keyRing.regenerate(name, type);
      this.#runtimes.get(name)?.useKeys(keys);
      return keys;
    });
  }

  /** What the endpoint's scoring processes wrote, the newest last. Throws ENDPOINT_NOT_FOUND. */
  async logs(name: string): Promise<string> {
    return endpointLogs(this.#endpointsFolder, await this.#record(name));
  }

  /** Resolves when nothing about the endpoint is under way. Throws ENDPOINT_NOT_FOUND. */
  async waitUntilSettled(name: string): Promise<Endpoint> {
    for (;;) {
      const record = await this.#record(name);
      if (isSettled(record)) return endpointView(record, this.#publicUrl());
      await sleep(20);
    }
  }

  /** Takes a request to the endpoint. What goes wrong on the way is an answer, not an error. */
  async forward(name: string, request: GatewayRequest): Promise<GatewayAnswer> {
    const runtime = this.#runtimes.get(name);
    if (runtime) return forwardRequest(runtime, request, this.#host.limits.requestTimeoutMs);
    return errorAnswer(this.#restored ? notFound(name) : stopped());
  }

  /** Ends all processes, requests under way first. The record stays for the next start. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#restored = false;
    await this.#resumption.stop();
    const runtimes = [...this.#runtimes.values()];
    this.#runtimes.clear();
    await Promise.all(runtimes.map((runtime) => runtime.stop()));
    await Promise.allSettled(this.#deletions.values());
  }

  async #restore(record: EndpointRecord): Promise<void> {
    if (record.provisioningState === 'Deleting') return this.#finishDeletion(record.name);
    const runtime = await this.#runtime(record.name);
    await runtime.restore(record);
  }

  async #resume(name: string): Promise<void> {
    await this.#lock.hold(name, async () => {
      const record = await this.#host.store.get(name);
      if (record === null || !this.#running || this.#deletions.has(name)) return;
      await this.#restore(record);
    });
    this.#resumption.forget(name);
  }

  /** The endpoint at work, made if it is new. */
  async #runtime(name: string): Promise<EndpointRuntime> {
    const runtime = this.#runtimes.get(name) ?? new EndpointRuntime(this.#host, name);
    runtime.useKeys(await this.#keyRing.keysOf(name));
    this.#assertRunning();
    this.#runtimes.set(name, runtime);
    return runtime;
  }

  #finishDeletion(name: string): Promise<void> {
    const runtime = this.#runtimes.get(name);
    this.#runtimes.delete(name);
    const deletion = this.#removeAll(name, runtime).finally(() => this.#deletions.delete(name));
    this.#deletions.set(name, deletion);
    return deletion;
  }

  async #removeAll(name: string, runtime: EndpointRuntime | undefined): Promise<void> {
    await runtime?.stop();
    await rm(join(this.#endpointsFolder, name), { recursive: true, force: true });
    await this.#keyRing.forget(name);
    // The record goes last: as long as it is there, a killed deletion is taken up again.
    await this.#host.store.remove(name);
  }

  async #record(name: string): Promise<EndpointRecord> {
    const record = await this.#host.store.get(name);
    if (record === null) throw notFound(name);
    return record;
  }

  /** Of an endpoint that is to stay: keys made for one that goes would be left behind. */
  async #keptRecord(name: string): Promise<EndpointRecord> {
    const record = await this.#record(name);
    if (record.provisioningState === 'Deleting') throw beingDeleted(name);
    return record;
  }

  get #endpointsFolder(): string {
    return join(this.#host.workspace.folder, 'endpoints');
  }

  #assertRunning(): void {
    if (!this.#running) throw stopped();
  }
}
