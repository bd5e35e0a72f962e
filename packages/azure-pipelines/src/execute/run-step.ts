// Runs one step: its condition, its work, and what its result comes to for the job.

import { ExpansionTooLong } from '../variable/macro.ts';
import type { JobScope } from './job-scope.ts';
import { displayName, type PlannedStep } from './planned-step.ts';
import { messageOf, runLimited } from './run-attempts.ts';
import { evaluateStepCondition, type Verdict } from './step-condition.ts';
import { booleanField } from './step-fields.ts';
import type { StepResult } from './step-record.ts';
import { mergeResults } from './step-result.ts';
import { StepScope } from './step-scope.ts';

export async function runStep(planned: PlannedStep, job: JobScope): Promise<void> {
  const scope = new StepScope({ ...planned, job });
  begin(planned, scope);
  const verdict = judge(planned, scope);
  const result = verdict.holds ? await runWanted(planned, scope) : notRun(verdict, scope);
  await scope.run.settled();
  // Commands that went on behind the step can still fail it.
  const merged =
    result === 'succeeded' ? mergeResults(result, scope.commandResult ?? result) : result;
  job.take(merged);
  if (verdict.holds) scope.log.say('section', `Finishing: ${planned.recorder.record.displayName}`);
  if (verdict.holds) await keepMemory(scope);
  planned.recorder.finish(merged);
}

function begin({ step, phase, recorder }: PlannedStep, scope: StepScope): void {
  const { job } = scope.parts;
  if (job.settings.cancellation.canceled.aborted && job.status !== 'canceled') job.cancel();
  const warnings = job.variables.recalculate();
  recorder.start(job.masker.mask(shownName(job, displayName(step, phase))));
  job.show(recorder.record);
  for (const message of warnings) scope.addIssue({ type: 'warning', message });
}

function judge({ condition, recorder }: PlannedStep, scope: StepScope): Verdict {
  const { variables, masker, status } = scope.parts.job;
  const site = { variables, masker, status };
  if (!variables.isTrue('System.Debug')) return evaluateStepCondition(condition, site);
  scope.debug(`Evaluating condition for step: '${recorder.record.displayName}'`);
  return evaluateStepCondition(condition, { ...site, debug: (line) => scope.debug(line) });
}

function shownName(job: JobScope, name: string): string {
  try {
    return job.variables.expand(name);
  } catch (error) {
    if (error instanceof ExpansionTooLong) return name;
    throw error;
  }
}

function notRun({ mistake, trace }: Verdict, scope: StepScope): StepResult {
  scope.parts.recorder.change({ conditionTrace: trace });
  if (mistake !== undefined) {
    scope.addIssue({ type: 'error', message: mistake });
    return 'failed';
  }
  scope.log.say('section', `Skipping: ${scope.parts.recorder.record.displayName}`);
  scope.log.say('text', 'Skipping step due to condition evaluation.');
  for (const line of trace) scope.log.say('text', line);
  return 'skipped';
}

async function runWanted(planned: PlannedStep, scope: StepScope): Promise<StepResult> {
  if (scope.parts.job.settings.cancellation.killed.aborted) return tooLate(scope);
  await keepMemory(scope);
  scope.log.say('section', `Starting: ${planned.recorder.record.displayName}`);
  const result = await runLimited(planned, scope);
  return result === 'failed' && goesOn(scope) ? 'succeededWithIssues' : result;
}

function goesOn(scope: StepScope): boolean {
  const { step, job } = scope.parts;
  try {
    return booleanField('continueOnError', step.continueOnError, job);
  } catch (error) {
    scope.addIssue({ type: 'error', message: messageOf(error) });
    return false;
  }
}

async function keepMemory({ parts: { job } }: StepScope): Promise<void> {
  await job.settings.host.keep?.(job.memory);
}

/** The time that a canceled job has for such steps is up. */
function tooLate(scope: StepScope): StepResult {
  scope.addIssue({ type: 'error', message: 'The step was canceled before it began.' });
  return 'canceled';
}
