// A ready scoring process together with the connections to it: what the gateway sends requests to.

import type { Pool } from 'undici';
import type { EndpointLimits } from '../limits.ts';
import { InFlight } from './in-flight.ts';

/** What an instance needs of its process. */
export interface ScoringProcess {
  /** Resolves with how the process ended. */
  readonly exited: Promise<string>;
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export class Instance {
  /** Known to the manager and to this one process only. */
  readonly internalKey: string;
  readonly connections: Pool;
  readonly inFlight = new InFlight();
  readonly #process: ScoringProcess;
  readonly #limits: EndpointLimits;

  private constructor(
    process: ScoringProcess,
    connections: Pool,
    internalKey: string,
    limits: EndpointLimits,
  ) {
    this.internalKey = internalKey;
    this.#process = process;
    this.#limits = limits;
    this.connections = connections;
    // Ends the requests that it had, too.
    void this.exited.then(() => this.connections.destroy());
  }

  static async connect(
    process: ScoringProcess,
    port: number,
    internalKey: string,
    limits: EndpointLimits,
  ): Promise<Instance> {
    // Not at the top: a server starts in less time without it.
    const { Pool } = await import('undici');
    const connections = new Pool(`http://127.0.0.1:${port}`, {
      connections: limits.maxConnections,
      // The gateway's own clock runs from the request's arrival, which includes waiting here.
      headersTimeout: 0,
      bodyTimeout: limits.requestTimeoutMs,
    });
    return new Instance(process, connections, internalKey, limits);
  }

  /** Resolves with how the process ended. */
  get exited(): Promise<string> {
    return this.#process.exited;
  }

  /** Ends it once its requests are done; the caller has stopped sending new ones. */
  async retire(): Promise<void> {
    await this.inFlight.idle(this.#limits.drainTimeoutMs);
    await this.#process.stop(this.#limits.stopGraceMs);
  }
}
