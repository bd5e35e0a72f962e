// What server tasks need: a clock, HTTP, and people, who are asked through the build's approvals.
import {
  type JobRun,
  LocalServerTasks,
  type ManualDecision,
  type ManualQuestion,
  type ServerTaskHost,
} from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from './build-surroundings.ts';

/** The step's own time is up long before. */
const longMs = 60 * 86_400_000;

export class BuildServerTasks extends LocalServerTasks {
  readonly #job: JobRun;
  readonly #around: BuildSurroundings;

  constructor(
    job: JobRun,
    around: BuildSurroundings,
    connection: ServerTaskHost['serviceConnection'],
  ) {
    const never = () => Promise.reject(new Error('people are asked by waitForPerson'));
    super(job.stage, never, connection);
    this.#job = job;
    this.#around = around;
  }

  override async waitForPerson(
    question: ManualQuestion,
    signal: AbortSignal,
  ): Promise<ManualDecision> {
    const { id, stage, stageAttempt, displayName } = this.#job;
    const asked = {
      buildId: this.#around.build.build_id,
      question: `manualValidation ${id} ${question.instructions}`,
      kind: 'manualValidation',
      stage,
      attempt: stageAttempt,
      about: [displayName],
      instructions: question.instructions,
      approvers: question.approvers,
      minimum: 1,
      requesterCanApprove: question.allowSelfApproval,
      timeoutMs: longMs,
    } as const;
    const { state, by, comment } = await this.#around.approvals.ask(asked, signal);
    signal.throwIfAborted();
    return { decision: state === 'approved' ? 'resume' : 'reject', by, comment };
  }
}
