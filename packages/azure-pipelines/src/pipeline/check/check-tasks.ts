// Tasks against those that are known here: their names, versions and inputs.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { stepLists } from '../all-steps.ts';
import type { Pipeline } from '../pipeline.ts';
import { isCheckout, type Step } from '../step.ts';

/** What knows the tasks, and so what their steps may say. */
export interface TaskCatalogue {
  checkStep(step: Step, sink: DiagnosticSink): void;
}

export function checkTasks(pipeline: Pipeline, tasks: TaskCatalogue, sink: DiagnosticSink): void {
  for (const { steps } of stepLists(pipeline)) {
    for (const step of steps) if (!isCheckout(step)) tasks.checkStep(step, sink);
  }
}
