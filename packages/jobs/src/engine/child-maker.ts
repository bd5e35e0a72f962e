// The children of composite steps: made anew from the store when a job is taken up, or written down
// and then made while it runs.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import { type ChildSpec, childName } from '../composite/child-spec.ts';
import { childStep } from '../composite/child-step.ts';
import type { JobStepRow, StoredJob } from '../job/job-store.ts';
import { newStepRow } from '../job/new-step-row.ts';
import { computeOf } from '../queue/compute-of.ts';
import type { ActiveComposite, AnyStep } from './active-step.ts';
import type { EngineContext } from './engine-context.ts';
import type { StepMaker } from './step-maker.ts';

export class ChildMaker {
  readonly #context: EngineContext;
  readonly #stored: StoredJob;
  readonly #pipeline: PipelineJob;
  readonly #maker: StepMaker;
  #nextPosition: number;

  constructor(context: EngineContext, stored: StoredJob, pipeline: PipelineJob, maker: StepMaker) {
    this.#context = context;
    this.#stored = stored;
    this.#pipeline = pipeline;
    this.#maker = maker;
    this.#nextPosition = stored.steps.reduce(
      (next, { position }) => Math.max(next, position + 1),
      0,
    );
  }

  /**
   * All steps of the job, each after the composite step that has made it.
   * @throws JobError JOB_DEFINITION_INVALID
   */
  restore(): readonly AnyStep[] {
    const made = new Map<string, AnyStep>();
    const rows = [...this.#stored.steps].sort((a, b) => a.position - b.position);
    for (const row of rows) {
      const parent = row.parent === null ? null : made.get(row.parent);
      made.set(row.step_name, this.#maker.make(row, parent?.kind === 'composite' ? parent : null));
    }
    return [...made.values()];
  }

  /** They are written down before they are made; those that are there already stay as they are. */
  async make(parent: ActiveComposite, specs: readonly ChildSpec[]): Promise<readonly AnyStep[]> {
    const rows = specs.map((spec) => this.#row(parent, spec));
    await this.#context.store.insertSteps(rows);
    return rows.map((row) => this.#maker.make(row, parent));
  }

  #row(parent: ActiveComposite, spec: ChildSpec): JobStepRow {
    const step = childStep(parent.step, spec);
    const submission = JSON.parse(this.#stored.job.submission);
    const position = this.#nextPosition;
    this.#nextPosition += 1;
    return newStepRow(
      this.#stored.job.job_id,
      {
        name: childName(parent.name, spec),
        displayName: step.displayName,
        type: step.type,
        parent: parent.name,
        compute: computeOf(step, this.#pipeline, submission),
        priority: step.priority,
        spec: JSON.stringify(spec),
      },
      position,
    );
  }
}
