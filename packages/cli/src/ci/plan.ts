// Prints the plan of a pipeline.
import { plan, rehearsalFacts, selectPart } from '@ridgeline/azure-pipelines';
import { printEither, printNote } from '../output/print.ts';
import { describePlan, planJson } from './describe-plan.ts';
import { loadWell } from './load.ts';
import type { PlanOptions } from './plan-command.ts';

/** @throws CiFailed, LocalRunError */
export async function planPipeline(file: string | undefined, options: PlanOptions): Promise<void> {
  const { prepared, compiled } = await loadWell(file, options);
  const selection = { stages: options.stage, jobs: options.job };
  const { pipeline, notes } = selectPart(compiled.pipeline, selection);
  for (const note of notes) printNote(note);
  const stages = plan(pipeline, rehearsalFacts(pipeline, prepared));
  printEither(options.json, planJson(stages), () => describePlan(stages, prepared.environments));
}
