// What commands of a step change in the run. It takes time, so it is done behind the output of the
// step: one after the other, and waited for before the step ends.

import path from 'node:path';
import type { RunTarget } from '../command/command-target.ts';
import type { JobScope } from './job-scope.ts';
import { attachMasked } from './masked-copy.ts';

/** Does the work of a task on behalf of a command. */
export type CommandTask = (
  name: string,
  version: number,
  inputs: ReadonlyMap<string, string>,
) => Promise<void>;

export class RunEffects implements RunTarget {
  readonly #job: JobScope;
  readonly #step: string;
  readonly #fail: (message: string) => void;
  #pending: Promise<void> = Promise.resolve();
  #commandTask: CommandTask = async () => {};

  /** `fail` is told what has not worked. */
  constructor(job: JobScope, step: string, fail: (message: string) => void) {
    this.#job = job;
    this.#step = step;
    this.#fail = fail;
  }

  set commandTask(task: CommandTask) {
    this.#commandTask = task;
  }

  /** Waits for what has been begun. */
  async settled(): Promise<void> {
    await this.#pending;
  }

  attach(kind: 'summary' | 'file' | 'log', file: string): void {
    this.#later(() => attachMasked(this.#job, kind, this.#path(file), { step: this.#step }));
  }

  addAttachment(type: string, name: string, file: string): void {
    const { masker, settings } = this.#job;
    const details = { step: this.#step, type, name: masker.mask(name) };
    this.#later(() => settings.host.attach('attachment', this.#path(file), details));
  }

  publishArtifact(name: string, file: string): void {
    const { masker, settings } = this.#job;
    const { artifacts } = settings.host;
    this.#later(() => artifacts.publish(masker.mask(name), this.#path(file), { merge: true }));
  }

  setBuildNumber(text: string): void {
    const { masker, settings } = this.#job;
    this.#job.setVariable('Build.BuildNumber', text, { readonly: true });
    this.#later(() => settings.host.setBuildNumber(masker.mask(text)));
  }

  addBuildTag(tag: string): void {
    const { masker, settings } = this.#job;
    this.#later(() => settings.host.addBuildTag(masker.mask(tag)));
  }

  runTask(name: string, version: number, inputs: ReadonlyMap<string, string>): void {
    this.#later(() => this.#commandTask(name, version, inputs));
  }

  #path(file: string): string {
    return path.resolve(this.#job.settings.folders.workingDirectory, file);
  }

  #later(work: () => Promise<void>): void {
    this.#pending = this.#pending.then(work).catch((error: unknown) => {
      this.#fail(error instanceof Error ? error.message : String(error));
    });
  }
}
