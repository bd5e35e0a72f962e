// Plays a run through with every job taken to have succeeded and nothing done: what each job would
// start with. Outputs of jobs are empty in it, as no job has run.
import type { Action } from '../orchestrate/action.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import { Orchestrator } from '../orchestrate/orchestrator.ts';
import type { RunFacts } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

export function rehearse(pipeline: Pipeline, facts: RunFacts): readonly JobRun[] {
  const orchestrator = new Orchestrator(pipeline, facts);
  const jobs: JobRun[] = [];
  for (let actions = orchestrator.next(); actions.length > 0; actions = orchestrator.next())
    for (const action of actions) answer(orchestrator, action, jobs);
  return jobs;
}

function answer(orchestrator: Orchestrator, action: Action, jobs: JobRun[]): void {
  if (action.kind === 'checkStage') orchestrator.stageChecked(action.stage.id, 'approved');
  else if (action.kind === 'awaitStart') orchestrator.startStage(action.stage.id);
  else if (action.kind === 'startJob') {
    jobs.push(action.job);
    orchestrator.jobFinished(action.job.id, { result: 'succeeded', outputs: new Map() });
  }
}
