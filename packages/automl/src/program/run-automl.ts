// A step of type `automl` that searches for a model of single rows.
import { reportFiles } from '../results/report-files.ts';
import { saveBestModel } from '../results/save-best-model.ts';
import { search } from '../search/search.ts';
import type { SearchResult } from '../search/search-types.ts';
import type { AutoMLStep, StepSurroundings } from './automl-step.ts';
import { runStep, type StepTask } from './run-step.ts';

export async function runAutoML(step: AutoMLStep, around: StepSurroundings): Promise<SearchResult> {
  const explain = step.definition.training.enableModelExplainability ?? true;
  const task: StepTask<SearchResult> = {
    notes: [],
    search,
    report: (input, result) => reportFiles(input, result, { explain }),
    saveModel: saveBestModel,
  };
  return await runStep(task, step, around);
}
