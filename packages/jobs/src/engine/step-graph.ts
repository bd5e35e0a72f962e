// What a job does next, from its graph and the states of its steps alone. It touches nothing, so
// that a job taken up after a crash goes on by the same rule as one that was never interrupted.
// It looks only at what a change can have changed: all of a job's planning is linear in its graph.
import { hasEnded, type JobStatus } from '../job/job.ts';

export interface StepState {
  readonly name: string;
  status: JobStatus;
  /** The names of the steps that this one waits for. */
  readonly dependsOn: readonly string[];
  /** The condition that must have come to this value, else the step is skipped. */
  readonly when: { readonly step: string; readonly equals: boolean } | null;
  /** What this step has come to, if it is a condition that has completed. */
  conditionValue: boolean | null;
  /** The composite step whose child it is. What that comes to is what counts for the job. */
  readonly parent: string | null;
}

export interface JobSettings {
  readonly cancelRequested: boolean;
  /** Whether steps that do not depend on a failed one still run. */
  readonly continueOnStepFailure: boolean;
}

export interface SkippedStep<S> {
  readonly step: S;
  /** The steps that it needs and that have not completed; none where the job or its parent stops. */
  readonly missing: readonly string[];
  /** The condition that did not come to what the step asks for. */
  readonly notMet: string | null;
}

export interface NextActions<S> {
  /** Steps whose time has come; they are `Queued` now. */
  readonly start: readonly S[];
  /** Steps that never ran and now never will; they are `Canceled` now. */
  readonly skip: readonly SkippedStep<S>[];
  /** Steps that run and are to be stopped. */
  readonly stop: readonly S[];
  /** The job's last state, once no step is left that could still change it. */
  readonly finish: 'Completed' | 'Failed' | 'Canceled' | null;
}

export class StepGraph<S extends StepState> {
  readonly #steps = new Map<string, S>();
  readonly #dependents = new Map<string, S[]>();
  readonly #children = new Map<string, S[]>();
  /** How many of the steps that it waits for have not completed. */
  readonly #unmet = new Map<S, number>();
  readonly #stoppedParents = new Set<string>();
  /** Steps that have not started and of which something has changed. */
  #touched = new Set<S>();
  #openCount = 0;
  #hasFailed = false;
  #stopsAll = false;

  get steps(): ReadonlyMap<string, S> {
    return this.#steps;
  }

  childrenOf(parent: string): readonly S[] {
    return this.#children.get(parent) ?? [];
  }

  /** Steps that the graph has already are left out. */
  add(steps: Iterable<S>): void {
    const added = [...steps].filter(({ name }) => !this.#steps.has(name));
    for (const step of added) this.#steps.set(step.name, step);
    for (const step of added) this.#link(step);
  }

  /** To be told of every change of a state but those that `next` makes itself. */
  settle(step: S, status: JobStatus): void {
    const hadEnded = hasEnded(step.status);
    step.status = status;
    if (hasEnded(status) && !hadEnded) this.#ended(step);
  }

  /** Of a composite step that is to end: none of its children starts any more. */
  stopChildren(parent: string): void {
    this.#stoppedParents.add(parent);
    for (const child of this.childrenOf(parent)) this.#touch(child);
  }

  next(settings: JobSettings): NextActions<S> {
    const stop = this.#stopAll(settings);
    const start: S[] = [];
    const skip: SkippedStep<S>[] = [];
    for (const step of this.#touched) {
      this.#touched.delete(step);
      const reason = this.#whySkipped(step);
      if (reason !== null) {
        skip.push({ step, ...reason });
        this.settle(step, 'Canceled');
      } else if (this.#unmet.get(step) === 0) {
        start.push(step);
        step.status = 'Queued';
      }
    }
    const finish = this.#openCount === 0 ? this.#lastStatus(settings) : null;
    return { start, skip, stop: stop.filter(({ status }) => !hasEnded(status)), finish };
  }

  #link(step: S): void {
    const needed = [...new Set(step.dependsOn)];
    const unmet = needed.filter((name) => this.#steps.get(name)?.status !== 'Completed');
    this.#unmet.set(step, unmet.length);
    for (const name of needed) push(this.#dependents, name, step);
    if (step.parent !== null) push(this.#children, step.parent, step);
    else if (!hasEnded(step.status)) this.#openCount += 1;
    else if (step.status === 'Failed') this.#hasFailed = true;
    this.#touch(step);
  }

  #ended(step: S): void {
    if (step.parent === null) {
      this.#openCount -= 1;
      if (step.status === 'Failed') this.#hasFailed = true;
    }
    for (const dependent of this.#dependents.get(step.name) ?? []) {
      if (step.status === 'Completed') {
        this.#unmet.set(dependent, (this.#unmet.get(dependent) ?? 0) - 1);
      }
      this.#touch(dependent);
    }
  }

  #touch(step: S): void {
    if (step.status === 'NotStarted') this.#touched.add(step);
  }

  /** The steps to stop, once, in the moment in which the job is to end early. */
  #stopAll({ cancelRequested, continueOnStepFailure }: JobSettings): readonly S[] {
    const isEarly = cancelRequested || (this.#hasFailed && !continueOnStepFailure);
    if (!isEarly || this.#stopsAll) return [];
    this.#stopsAll = true;
    const open = [...this.#steps.values()].filter(({ status }) => !hasEnded(status));
    for (const step of open) this.#touch(step);
    return open;
  }

  #whySkipped(step: S): Omit<SkippedStep<S>, 'step'> | null {
    const isStopped = step.parent !== null && this.#stoppedParents.has(step.parent);
    if (this.#stopsAll || isStopped) return { missing: this.#missing(step), notMet: null };
    if (this.#isNotMet(step)) return { missing: [], notMet: step.when?.step ?? null };
    const hopeless = step.dependsOn.some((name) => this.#neverCompletes(name));
    return hopeless ? { missing: this.#missing(step), notMet: null } : null;
  }

  #isNotMet({ when }: S): boolean {
    const condition = when === null ? undefined : this.#steps.get(when.step);
    return condition?.status === 'Completed' && condition.conditionValue !== when?.equals;
  }

  #missing({ dependsOn }: S): readonly string[] {
    return dependsOn.filter((name) => this.#steps.get(name)?.status !== 'Completed');
  }

  #neverCompletes(name: string): boolean {
    const step = this.#steps.get(name);
    return step === undefined || step.status === 'Failed' || step.status === 'Canceled';
  }

  #lastStatus({ cancelRequested }: JobSettings): 'Completed' | 'Failed' | 'Canceled' {
    if (cancelRequested) return 'Canceled';
    return this.#hasFailed ? 'Failed' : 'Completed';
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
