// Prints where a variable gets its value.
import { explainLocal } from '@ridgeline/azure-pipelines';
import { printEither } from '../output/print.ts';
import { CiFailed } from './ci-failed.ts';
import { describeExplanation } from './describe-explanation.ts';
import { loadWell } from './load.ts';
import type { PipelineOptions } from './pipeline-options.ts';

/** @throws CiFailed */
export async function explainVariable(
  name: string,
  file: string | undefined,
  options: PipelineOptions,
): Promise<void> {
  const { prepared, compiled } = await loadWell(file, options);
  const explained = explainLocal(name, compiled.pipeline, prepared);
  printEither(options.json, explained, () => describeExplanation(explained));
  if (explained.settings.length === 0) throw new CiFailed();
}
