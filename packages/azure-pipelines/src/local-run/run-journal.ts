// Keeps the record of a run true while it goes: every change is on the disk before the next thing
// is done.
import type { StepRecord } from '../execute/step-record.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import type { Result } from '../orchestrate/result.ts';
import type {
  CoverageSummary,
  JobRecord,
  RunRecord,
  SkipRecord,
  StepLine,
  TestSummary,
} from './run-record.ts';
import type { RunStore } from './run-store.ts';

/** In one run. */
const maxIssues = 200;
const maxSizeAtOnce = 200_000;
const soonMs = 250;

export class RunJournal {
  readonly #store: RunStore;
  #record: RunRecord;
  /** Of the record as it was written last. */
  #size: number;
  #later: NodeJS.Timeout | undefined;

  constructor(store: RunStore, record: RunRecord) {
    this.#store = store;
    this.#record = record;
    this.#size = store.write(record);
  }

  get record(): RunRecord {
    return this.#record;
  }

  jobStarted(job: JobRun, mark: string): void {
    const record: JobRecord = {
      id: job.id,
      stage: job.stage,
      job: job.job.id,
      identifier: job.identifier,
      displayName: job.displayName,
      attempt: job.attempt,
      mark,
      state: 'running',
      result: null,
      startedAt: now(),
      endedAt: null,
      steps: [],
    };
    this.#change({ jobs: [...this.#record.jobs, record] });
  }

  /** `log`: from the run's folder; null where the step printed nothing. */
  stepEnded(job: string, step: StepRecord, log: string | null): void {
    const line: StepLine = {
      id: step.id,
      name: step.displayName,
      result: step.result ?? 'succeeded',
      startedAt: step.startTime ?? now(),
      endedAt: step.finishTime ?? now(),
      log,
    };
    const { jobs, issues } = this.#record;
    const isNew = !jobs.some(
      ({ id, steps }) => id === job && steps.some((one) => one.id === step.id),
    );
    const found = step.issues.map(({ type, message }) => ({ type, message, job, step: line.name }));
    this.#changeSoon({
      jobs: jobs.map((each) => (each.id === job ? withStep(each, line) : each)),
      issues: (isNew ? [...issues, ...found] : issues).slice(0, maxIssues),
    });
  }

  jobEnded(id: string, result: Result): void {
    const { jobs } = this.#record;
    const ended = { state: 'finished', result, endedAt: now() } as const;
    this.#change({ jobs: jobs.map((each) => (each.id === id ? { ...each, ...ended } : each)) });
  }

  skipped(skip: SkipRecord): void {
    this.#change({ skipped: [...this.#record.skipped, skip] });
  }

  mistake(job: string, message: string): void {
    const issue = { type: 'error', message, job, step: null } as const;
    this.#change({ issues: [...this.#record.issues, issue].slice(0, maxIssues) });
  }

  stageEnded(stage: string, result: Result): void {
    const others = this.#record.stages.filter(({ id }) => id !== stage);
    this.#change({ stages: [...others, { id: stage, result }] });
  }

  setBuildNumber(buildNumber: string): void {
    this.#change({ buildNumber });
  }

  addTag(tag: string): void {
    if (!this.#record.tags.includes(tag)) this.#change({ tags: [...this.#record.tags, tag] });
  }

  addTests(tests: TestSummary): void {
    this.#change({ tests: [...this.#record.tests, tests] });
  }

  addCoverage(coverage: CoverageSummary): void {
    this.#change({ coverage: [...this.#record.coverage, coverage] });
  }

  runEnded(result: Result): void {
    this.#change({ state: 'finished', result, endedAt: now() });
  }

  #change(change: Partial<RunRecord>): void {
    this.#record = { ...this.#record, ...change };
    this.#save();
  }

  #save(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#size = this.#store.write(this.#record);
  }

  /** Of a large record only a few times a second: each step of hundreds of jobs would write all. */
  #changeSoon(change: Partial<RunRecord>): void {
    this.#record = { ...this.#record, ...change };
    if (this.#size < maxSizeAtOnce) this.#save();
    else this.#later ??= setTimeout(() => this.#save(), soonMs);
  }
}

/** A step can be told again when something is known of it after its end. */
function withStep(job: JobRecord, line: StepLine): JobRecord {
  return { ...job, steps: [...job.steps.filter(({ id }) => id !== line.id), line] };
}

function now(): string {
  return new Date().toISOString();
}
