// The run of a script that no server started: it prints what it would log and remembers it, so
// that a step can be tried on its own.

import path from 'node:path';
import type { Verdict } from '../wire/job.ts';
import { type ActiveRun, type MetricOptions, type ParamValue, verdictTag } from './active-run.ts';

export class OfflineRun implements ActiveRun {
  readonly id: string = 'OfflineRun';
  readonly experimentId: string = 'offline';
  readonly experimentName: string = 'offline';
  readonly offline = true;
  readonly parent: ActiveRun | null = null;
  readonly #metrics = new Map<string, number>();
  readonly #tags = new Map<string, string>();
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void = console.log) {
    this.#print = print;
  }

  async logParam(key: string, value: ParamValue): Promise<void> {
    this.#say(`parameter ${key} = ${value}`);
  }

  async logParams(params: Readonly<Record<string, ParamValue>>): Promise<void> {
    for (const [key, value] of Object.entries(params)) await this.logParam(key, value);
  }

  async logMetric(key: string, value: number, { step }: MetricOptions = {}): Promise<void> {
    this.#metrics.set(key, value);
    this.#say(`metric ${key} = ${value}${step === undefined ? '' : ` at step ${step}`}`);
  }

  async logMetrics(
    metrics: Readonly<Record<string, number>>,
    options?: MetricOptions,
  ): Promise<void> {
    for (const [key, value] of Object.entries(metrics)) await this.logMetric(key, value, options);
  }

  async setTag(key: string, value: string): Promise<void> {
    this.#tags.set(key, value);
    this.#say(`tag ${key} = ${value}`);
  }

  async setTags(tags: Readonly<Record<string, string>>): Promise<void> {
    for (const [key, value] of Object.entries(tags)) await this.setTag(key, value);
  }

  async logArtifact(localPath: string, artifactPath?: string): Promise<void> {
    const target = path.posix.join(artifactPath ?? '', path.basename(localPath));
    this.#say(`artifact ${target} from ${localPath}`);
  }

  async logArtifacts(folder: string, artifactPath?: string): Promise<void> {
    this.#say(`artifacts ${artifactPath ?? '.'} from ${folder}`);
  }

  async getMetric(key: string): Promise<number | null> {
    return this.#metrics.get(key) ?? null;
  }

  async getTags(): Promise<ReadonlyMap<string, string>> {
    return this.#tags;
  }

  async cancel(reason: string): Promise<void> {
    this.#say(`cancel the job: ${reason}`);
  }

  async setVerdict(verdict: Verdict): Promise<void> {
    await this.setTag(verdictTag, JSON.stringify(verdict));
  }

  #say(what: string): void {
    this.#print(`Offline run, not kept: ${what}`);
  }
}
