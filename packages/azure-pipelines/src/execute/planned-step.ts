// The steps of a job in the order in which they run: what tasks want done before all others first,
// then the steps themselves, then what is to be done at the end, the last step's first.

import type { Step } from '../pipeline/step.ts';
import type { AgentTask, ServerTask, TaskDefinition } from '../task/task.ts';
import type { TaskOutcome } from '../task/task-outcome.ts';
import type { JobScope } from './job-scope.ts';
import { standardCondition } from './step-condition.ts';
import type { StepPhase, StepRecord } from './step-record.ts';
import { StepRecorder } from './step-recorder.ts';
import type { StepScope } from './step-scope.ts';
import { mainPart, postPart, prePart, serverPart } from './task-parts.ts';

/** Expands inputs and env once; what it gives can be run again for another attempt. */
export type StepPart = (scope: StepScope, signal: AbortSignal) => () => Promise<TaskOutcome>;

export interface PlannedStep {
  readonly step: Step;
  readonly phase: StepPhase;
  readonly condition: string;
  readonly recorder: StepRecorder;
  readonly state: Map<string, string>;
  readonly part: StepPart;
  /** Left out without a word when it gives false. */
  readonly isWanted: () => boolean;
}

export interface KnownStep {
  readonly step: Step;
  readonly task: TaskDefinition;
}

/** `earlier`: what an earlier process has recorded of the steps. */
export function planSteps(
  known: readonly KnownStep[],
  job: JobScope,
  earlier: readonly StepRecord[] = [],
): readonly PlannedStep[] {
  const planner = new Planner(job, known, earlier);
  return [...planner.pre(), ...planner.main(), ...planner.post()];
}

type Plan = Pick<PlannedStep, 'step' | 'phase' | 'condition' | 'part'>;

class Planner {
  readonly #job: JobScope;
  readonly #known: readonly KnownStep[];
  readonly #earlier: ReadonlyMap<string, StepRecord>;
  readonly #states = new Map<Step, Map<string, string>>();
  /** Recorders of the parts that a later part asks for. */
  readonly #parts = new Map<Step, StepRecorder[]>();
  // The first record is the job's own.
  #order = 1;

  constructor(job: JobScope, known: readonly KnownStep[], earlier: readonly StepRecord[]) {
    this.#job = job;
    this.#known = known;
    this.#earlier = new Map(earlier.map((record) => [record.id, record]));
    for (const { step } of known) this.#states.set(step, new Map());
  }

  pre(): PlannedStep[] {
    return agentSteps(this.#known).flatMap(({ step, task }) => {
      if (task.pre === undefined) return [];
      const condition = standardCondition;
      return [this.#plan({ step, phase: 'pre', condition, part: prePart(task) })];
    });
  }

  main(): PlannedStep[] {
    return this.#known.map(({ step, task }) => {
      const condition = step.condition?.text ?? standardCondition;
      const part = task.runsOn === 'agent' ? mainPart(task) : serverPart(task as ServerTask);
      return this.#plan({ step, phase: 'main', condition, part });
    });
  }

  post(): PlannedStep[] {
    return agentSteps(this.#known)
      .reverse()
      .flatMap(({ step, task }) => {
        if (task.post === undefined) return [];
        return [this.#plan({ step, phase: 'post', condition: 'always()', part: postPart(task) })];
      });
  }

  #plan(plan: Plan): PlannedStep {
    this.#order += 1;
    const { step, phase } = plan;
    const id = `${phase}.${this.#order}`;
    const recorder = new StepRecorder(
      {
        id,
        order: this.#order,
        phase,
        refName: step.refName,
        displayName: this.#job.masker.mask(displayName(step, phase)),
        task: step.task,
      },
      (record) => this.#job.settings.host.timeline(record),
      this.#earlier.get(id),
    );
    const earlier = this.#parts.get(step) ?? [];
    this.#parts.set(step, [...earlier, recorder]);
    // What nothing has begun has nothing to be tidied up. An agent runs its posts regardless of
    // that, and leaves it to each task to notice.
    const isWanted = () => phase !== 'post' || earlier.some(hasRun);
    return { ...plan, recorder, state: this.#states.get(step) ?? new Map(), isWanted };
  }
}

function hasRun({ record }: StepRecorder): boolean {
  return record.state === 'completed' && record.result !== 'skipped';
}

function agentSteps(known: readonly KnownStep[]): { step: Step; task: AgentTask }[] {
  return known.flatMap(({ step, task }) => (task.runsOn === 'agent' ? [{ step, task }] : []));
}

const prefixes: Readonly<Record<StepPhase, string>> = {
  job: '',
  pre: 'Pre-job: ',
  main: '',
  post: 'Post-job: ',
};

export function displayName(step: Step, phase: StepPhase): string {
  return `${prefixes[phase]}${step.displayName?.text ?? step.task.name}`;
}
