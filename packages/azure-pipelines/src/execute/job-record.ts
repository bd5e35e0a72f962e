// What is said about the job itself: before its first step, and after its last.

import type { JobScope } from './job-scope.ts';
import { StepLog } from './step-log.ts';
import type { Issue, StepResult } from './step-record.ts';
import { StepRecorder } from './step-recorder.ts';

export class JobRecord {
  readonly recorder: StepRecorder;
  readonly log: StepLog;
  readonly #job: JobScope;

  constructor(job: JobScope, order: number, displayName: string) {
    const { host } = job.settings;
    const id = `job.${order}`;
    this.#job = job;
    this.recorder = new StepRecorder(
      { id, order, phase: 'job', refName: '', displayName },
      (record) => host.timeline(record),
    );
    this.recorder.start(displayName);
    this.log = new StepLog(id, job.masker, host.log.bind(host));
    this.log.say('section', `Starting: ${displayName}`);
  }

  say(text: string): void {
    this.log.say('text', text);
  }

  add(type: Issue['type'], text: string): void {
    const message = this.#job.masker.mask(text);
    this.recorder.addIssue({ type, message });
    this.log.say(type, message);
  }

  finish(): void {
    const { errorCount, displayName } = this.recorder.record;
    const result: StepResult = errorCount > 0 ? 'failed' : 'succeeded';
    this.#job.take(result);
    this.log.say('section', `Finishing: ${displayName}`);
    this.recorder.finish(result);
  }
}
