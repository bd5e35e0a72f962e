// Results in words and colours.
import type { Result } from '@ridgeline/azure-pipelines';
import { style } from '../output/style.ts';

export const resultWords: Readonly<Record<Result, string>> = {
  succeeded: 'succeeded',
  succeededWithIssues: 'succeeded with issues',
  failed: 'failed',
  canceled: 'canceled',
  skipped: 'skipped',
};

export function colourResult(result: Result): string {
  const words = resultWords[result];
  if (result === 'succeeded') return style.green(words);
  if (result === 'failed') return style.red(words);
  return result === 'skipped' ? style.dim(words) : style.yellow(words);
}
