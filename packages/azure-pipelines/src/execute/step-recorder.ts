// Builds a step's record while it runs, and shows every change of it.

import type { DetailRecord, Issue, StepRecord, StepResult } from './step-record.ts';

/** So many errors and so many warnings are kept; a step can log them without end. */
const maxIssues = 100;
const maxDetails = 1_000;
const showEveryMs = 100;

type Start = Pick<StepRecord, 'id' | 'order' | 'phase' | 'refName' | 'displayName' | 'task'>;

export class StepRecorder {
  readonly #show: (record: StepRecord) => void;
  readonly #issues: Issue[] = [];
  readonly #details = new Map<string, DetailRecord>();
  #record: StepRecord;
  #shownAt = Number.NEGATIVE_INFINITY;

  /** `known`: what an earlier process has recorded of it. */
  constructor(start: Start, show: (record: StepRecord) => void, known?: StepRecord) {
    this.#show = show;
    this.#issues.push(...(known?.issues ?? []));
    this.#record = known ?? {
      ...start,
      state: 'pending',
      attempt: 1,
      issues: [],
      errorCount: 0,
      warningCount: 0,
      details: [],
    };
    show(this.#record);
  }

  get record(): StepRecord {
    return this.#record;
  }

  start(displayName: string): void {
    this.change({ displayName, state: 'inProgress', startTime: new Date().toISOString() });
  }

  finish(result: StepResult): void {
    this.change({ state: 'completed', result, finishTime: new Date().toISOString() });
  }

  change(change: Partial<StepRecord>): void {
    this.#record = { ...this.#record, ...change };
    this.#show(this.#record);
  }

  /** What can change many times a second is shown a few times a second, and at the end. */
  changeSoon(change: Partial<StepRecord>): void {
    const now = performance.now();
    this.#record = { ...this.#record, ...change };
    if (now - this.#shownAt < showEveryMs) return;
    this.#shownAt = now;
    this.#show(this.#record);
  }

  addIssue(issue: Issue): void {
    const count = issue.type === 'error' ? 'errorCount' : 'warningCount';
    const number = this.#record[count] + 1;
    if (number <= maxIssues) this.#issues.push(issue);
    const change = { [count]: number, issues: [...this.#issues] };
    // The rest shows in the count that the end of the step brings.
    if (number <= maxIssues) this.change(change);
    else this.#record = { ...this.#record, ...change };
  }

  addDetail(detail: DetailRecord): void {
    if (!this.#details.has(detail.id) && this.#details.size >= maxDetails) return;
    this.#details.set(detail.id, { ...this.#details.get(detail.id), ...detail });
    this.changeSoon({ details: [...this.#details.values()] });
  }
}
