// Makes the steps of a job as they stand in memory, from its definition and what is stored of them.
import type { PipelineJob, Step } from '@ridgeline/azureml-yaml';
import type { ChildSpec } from '../composite/child-spec.ts';
import { childStep } from '../composite/child-step.ts';
import { isComposite, type KeptResult } from '../composite/composite.ts';
import { workStep } from '../composite/work-step.ts';
import { JobError } from '../errors.ts';
import type { JobStepRow, StoredJob } from '../job/job-store.ts';
import { ownValue } from '../own-value.ts';
import type { JobSubmission, ResolvedInputs } from '../submission/submission.ts';
import { type ActiveComposite, type AnyStep, storedAttempt } from './active-step.ts';
import type { StepOfJob } from './attempt.ts';
import { News } from './news.ts';
import { withOutputPlaces } from './output-uri.ts';

export class StepMaker {
  readonly #job: StoredJob['job'];
  readonly #pipeline: PipelineJob;
  readonly #submission: JobSubmission;
  readonly #resolvedInputs: ResolvedInputs;

  constructor({ job }: StoredJob, pipeline: PipelineJob) {
    this.#job = job;
    this.#pipeline = pipeline;
    this.#submission = JSON.parse(job.submission);
    this.#resolvedInputs = JSON.parse(job.resolved_inputs);
  }

  /**
   * @param parent the composite step that has made it; null for a step of the definition
   * @throws JobError JOB_DEFINITION_INVALID where the definition has no such step
   */
  make(row: JobStepRow, parent: ActiveComposite | null): AnyStep {
    const spec: ChildSpec | null = row.spec === null ? null : JSON.parse(row.spec);
    const step = this.#stepOf(row, parent, spec);
    const { error_code: code, error_message: message } = row;
    const core = {
      name: row.step_name,
      spec,
      parent: row.parent,
      dependsOn: step.dependsOn,
      when: step.when,
      stopping: new AbortController(),
      // A place in the queue ends with the server that held it.
      status: row.status === 'Queued' ? 'NotStarted' : row.status,
      attempt: storedAttempt(row),
      error: code === null ? null : { code, message: message ?? '' },
    } as const;
    const parentRunId = parent?.attempt?.runId ?? this.#job.job_id;
    const name = definedAs(row, parent, spec);
    if (isComposite(step)) {
      return { ...core, ...compositeState(row), step, definedAs: name, parentRunId };
    }
    const resolvedInputs = this.#resolvedInputsOf(row.step_name, name);
    const stepOfJob = { ...this.#stepOfJob(row, step, spec), parentRunId, resolvedInputs };
    return { ...core, ...workState(row), step, stepOfJob };
  }

  #stepOf(row: JobStepRow, parent: ActiveComposite | null, spec: ChildSpec | null): Step {
    const step = this.#pipeline.steps.get(row.step_name);
    if (parent === null && step !== undefined) return withOutputPlaces(step, this.#pipeline);
    if (parent !== null && spec !== null) {
      return withOutputPlaces(childStep(parent.step, spec), this.#pipeline);
    }
    const message = `the definition has no step '${row.step_name}', which the job was submitted with`;
    throw new JobError('JOB_DEFINITION_INVALID', message);
  }

  #stepOfJob(
    row: JobStepRow,
    step: Step,
    spec: ChildSpec | null,
  ): Omit<StepOfJob, 'parentRunId' | 'resolvedInputs'> {
    const work = workStep(step);
    return {
      jobId: this.#job.job_id,
      experimentId: this.#job.experiment_id,
      submittedBy: this.#job.submitted_by,
      experimentName: this.#job.experiment_name,
      step: { ...work, environment: this.#environmentOf(work.environment) },
      compute: row.compute,
      priority: row.priority,
      job: {
        type: this.#job.type,
        pipelineName: this.#job.pipeline_name,
        forceRerun: this.#submission.forceRerun ?? this.#pipeline.settings.forceRerun,
      },
      tags: this.#tags(step, spec),
      codeId: work.code === null ? null : (ownValue(this.#submission.code, work.code) ?? null),
    };
  }

  // As it was when the job was submitted, whatever versions there are by now.
  #environmentOf(written: string | null): string | null {
    const { environments = {} } = this.#resolvedInputs;
    return written === null ? null : (ownValue(environments, written) ?? written);
  }

  // The data that a step names itself was found for its template.
  #resolvedInputsOf(stepName: string, definedName: string): ResolvedInputs {
    const { pipeline, steps } = this.#resolvedInputs;
    return { pipeline, steps: { [stepName]: ownValue(steps, definedName) ?? {} } };
  }

  /** As the submission asks for it, or the definition. */
  get continueOnStepFailure(): boolean {
    return this.#submission.continueOnStepFailure ?? this.#pipeline.settings.continueOnStepFailure;
  }

  /** The values of the pipeline's inputs, and of those that steps name themselves. */
  get resolvedInputs(): ResolvedInputs {
    return this.#resolvedInputs;
  }

  #tags(step: Step, spec: ChildSpec | null): Readonly<Record<string, string>> {
    return {
      ...Object.fromEntries(step.tags),
      ...ownValue(this.#submission.stepTags ?? {}, step.name),
      ...(spec?.kind === 'trial' && { hyperparameters: JSON.stringify(spec.parameters) }),
    };
  }
}

function workState(row: JobStepRow) {
  return {
    kind: 'work',
    isUndecided: row.fingerprint === null && row.decision === null,
    retryAtMs: row.retry_at,
    retries: row.retries,
    conditionValue: null,
  } as const;
}

function compositeState(row: JobStepRow) {
  const result: KeptResult | null = row.result === null ? null : JSON.parse(row.result);
  const conditionValue = result?.kind === 'condition' ? result.value : null;
  return { kind: 'composite', news: new News(), result, conditionValue } as const;
}

function definedAs(
  row: JobStepRow,
  parent: ActiveComposite | null,
  spec: ChildSpec | null,
): string {
  if (parent === null || spec === null) return row.step_name;
  return spec.kind === 'trial' ? parent.definedAs : spec.inner;
}
