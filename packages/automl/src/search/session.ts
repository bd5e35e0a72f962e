// What all stages of a search after the first two work on.
import type { Judge } from '../evaluation/judge.ts';
import type { Plan } from '../evaluation/plan.ts';
import type { ProblemMessage } from '../pool/messages.ts';
import type { WorkerPool } from '../pool/worker-pool.ts';
import type { MadeProblem } from '../problem/make-problem.ts';
import type { ProblemFacts } from '../problem/problem.ts';
import type { AutoMLSettings } from '../settings/automl-settings.ts';
import type { Budget } from './budget.ts';
import type { Clock, SearchHooks, SearchInput } from './search-types.ts';

export interface Session {
  readonly input: SearchInput;
  readonly settings: AutoMLSettings;
  readonly hooks: SearchHooks;
  readonly clock: Clock;
  readonly budget: Budget;
  readonly made: MadeProblem;
  readonly plan: Plan;
  readonly facts: ProblemFacts;
  readonly judge: Judge;
  readonly pool: WorkerPool;
  /** The problem as the workers have it. */
  readonly message: ProblemMessage;
}
