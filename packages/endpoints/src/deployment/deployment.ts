// One generation of a deployment: brings its instance up, starts it again when it crashes, and
// takes it down. Tells its owner of each change; recording it is the owner's part.

import { setTimeout as sleep } from 'node:timers/promises';
import { isPassingFault, pauseAfter } from '@ridgeline/workspace';
import type { EndpointFailure } from '../endpoint/endpoint.ts';
import { EndpointError } from '../errors.ts';
import type { RoutedDeployment } from '../gateway/gateway.ts';
import { GenerationFolder } from '../instance/generation-folder.ts';
import type { Instance } from '../instance/instance.ts';
import { InstanceLog } from '../instance/instance-log.ts';
import type { DeploymentRecord } from '../store/endpoint-record.ts';
import { CrashRow } from './crash-row.ts';
import {
  crashLoopFailure,
  messageOf,
  startFailure,
  startNote,
  waitingFailure,
} from './deployment-failure.ts';
import { type DeploymentHost, launchInstance } from './launch-instance.ts';

/** Told in order, and waited for, while a deployment is kept running. Must not reject. */
export interface DeploymentObserver {
  restarting(): Promise<void>;
  running(): Promise<void>;
  /** A passing fault keeps it from starting; it is tried again. */
  waiting(failure: EndpointFailure): Promise<void>;
  /** It is given up. */
  failed(failure: EndpointFailure): Promise<void>;
}

export class Deployment implements RoutedDeployment {
  readonly name: string;
  readonly generation: number;
  /** Percent of the endpoint's requests while it is routed to. */
  readonly traffic = 100;
  readonly #host: DeploymentHost;
  readonly #endpointName: string;
  readonly #record: DeploymentRecord;
  readonly #folder: GenerationFolder;
  readonly #log: InstanceLog;
  readonly #stopping = new AbortController();
  #instance: Instance | null = null;
  #crashLoop: EndpointFailure | null = null;
  #supervision: Promise<void> = Promise.resolve();

  /** `endpointFolder` holds one folder a generation. */
  constructor(
    host: DeploymentHost,
    endpointName: string,
    endpointFolder: string,
    record: DeploymentRecord,
  ) {
    this.name = record.name;
    this.generation = record.generation;
    this.#host = host;
    this.#endpointName = endpointName;
    this.#record = record;
    this.#folder = new GenerationFolder(endpointFolder, record.generation);
    this.#log = new InstanceLog(this.#folder.logPath, host.limits.maxLogBytes);
  }

  readyInstance(): Instance {
    if (this.#instance) return this.#instance;
    if (this.#crashLoop) throw new EndpointError('DEPLOYMENT_CRASH_LOOP', this.#crashLoop.message);
    throw new EndpointError(
      'DEPLOYMENT_NOT_READY',
      `deployment '${this.name}' is being started; try again in a moment`,
    );
  }

  /** One start, no second try of its own: null when it is ready, else why it is not. */
  async start(observer: Pick<DeploymentObserver, 'waiting'>): Promise<EndpointFailure | null> {
    const reason = await this.#tryStart(observer);
    return reason === null ? null : startFailure(this.#record, reason, this.#folder.logPath);
  }

  /** From here on its instance is started, and again whenever it crashes, while that has a point. */
  keepRunning(observer: DeploymentObserver): void {
    this.#supervision = this.#supervise(observer);
  }

  /** Cuts a start short; an instance that is ready goes on serving until `retire`. */
  abandon(): void {
    this.#stopping.abort(new Error('the deployment is not wanted any more'));
  }

  get abandoned(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Takes it down; requests that it has are answered first. */
  async retire(): Promise<void> {
    this.abandon();
    await this.#instance?.retire();
    await this.#supervision;
    await this.#log.close();
  }

  /** Null, or the reason why there is no instance. */
  async #tryStart(observer: Pick<DeploymentObserver, 'waiting'>): Promise<string | null> {
    try {
      this.#instance = await this.#launchOnceFaultsPass(observer);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** What a passing fault keeps from starting is no failure: it is tried until that is over. */
  async #launchOnceFaultsPass(observer: Pick<DeploymentObserver, 'waiting'>): Promise<Instance> {
    const { signal } = this.#stopping;
    for (let faults = 0; ; faults += 1) {
      try {
        return await this.#launch();
      } catch (error) {
        if (!isPassingFault(error) || this.abandoned) throw error;
        const pauseMs = pauseAfter(faults, this.#host.limits.resumePauseMs);
        this.#note(`ridgeline | ${messageOf(error)}; it is tried again in ${pauseMs} ms`);
        await observer.waiting(waitingFailure(this.#record, error));
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }

  async #launch(): Promise<Instance> {
    this.#note(startNote);
    const instance = await launchInstance(this.#host, {
      endpointName: this.#endpointName,
      deployment: this.#record,
      folder: this.#folder,
      log: this.#log,
      signal: this.#stopping.signal,
    });
    if (!this.abandoned) return instance;
    await instance.retire();
    throw this.#stopping.signal.reason;
  }

  async #supervise(observer: DeploymentObserver): Promise<void> {
    const crashes = new CrashRow(this.#host.limits);
    while (!this.abandoned) {
      const { readyForMs, reason } = await this.#runUntilDown(observer);
      if (this.abandoned) return;
      const pauseMs = crashes.nextPauseMs(readyForMs);
      if (pauseMs === null) return this.#giveUp(reason, crashes.count, observer);
      this.#note(`ridgeline | ${reason}; it is started again in ${pauseMs} ms`);
      await observer.restarting();
      await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  /** Resolves when its instance is gone, or could not be started in the first place. */
  async #runUntilDown(observer: DeploymentObserver): Promise<Down> {
    if (this.#instance === null) {
      const reason = await this.#tryStart(observer);
      if (reason !== null) return { readyForMs: 0, reason };
      await observer.running();
    }
    const readySince = performance.now();
    const how = await this.#instance?.exited;
    this.#instance = null;
    return { readyForMs: performance.now() - readySince, reason: `the scoring process ${how}` };
  }

  async #giveUp(reason: string, crashCount: number, observer: DeploymentObserver): Promise<void> {
    const { logPath } = this.#folder;
    this.#crashLoop = await crashLoopFailure(this.#record, crashCount, reason, logPath);
    await observer.failed(this.#crashLoop);
  }

  #note(line: string): void {
    this.#log.write(`${line}\n`);
  }
}

interface Down {
  readonly readyForMs: number;
  readonly reason: string;
}
