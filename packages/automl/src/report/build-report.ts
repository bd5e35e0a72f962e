// The report on a search: checks of the data, plots, an explanation of the chosen model, and a model
// card, as files by their place. Reads the result and the tables; writes nothing.
import type { SearchInput, SearchResult } from '../search/search-types.ts';
import { modelCard } from './card/model-card.ts';
import { heldOutRows } from './evaluated-rows.ts';
import { explain } from './explain/explain.ts';
import { checkGuardrails } from './guardrails/check-guardrails.ts';
import { json } from './json.ts';
import { classPlots } from './plots/class-plots.ts';
import { explanationPlots } from './plots/explanation-plots.ts';
import { numberPlots } from './plots/number-plots.ts';
import { plotFiles } from './plots/plot-files.ts';
import { searchPlots } from './plots/search-plots.ts';
import type { Explanation, Guardrail, Plot, Report } from './report-types.ts';

export interface ReportOptions {
  /** Whether to work out what the model goes by, which takes seconds. Default true. */
  readonly explain?: boolean;
  /** Milliseconds, by which the model's time is measured. Default the process's clock. */
  readonly now?: () => number;
}

export function buildReport(
  input: SearchInput,
  result: SearchResult,
  options: ReportOptions = {},
): Report {
  const guardrails = checkGuardrails(input, result);
  const explanation = options.explain === false ? null : explain(input, result, options.now);
  const plots = [
    ...taskPlots(input, result),
    ...searchPlots(result),
    ...(explanation === null ? [] : explanationPlots(explanation)),
  ];
  const card = modelCard(input, result, { guardrails, plots, explanation });
  return { guardrails, plots, explanation, files: filesOf(card, guardrails, plots, explanation) };
}

function taskPlots(input: SearchInput, result: SearchResult): readonly Plot[] {
  const rows = heldOutRows(input, result);
  if (rows === null) return [];
  return rows.kind === 'numbers' ? numberPlots(rows, result.model.targetName) : classPlots(rows);
}

function filesOf(
  card: string,
  guardrails: readonly Guardrail[],
  plots: readonly Plot[],
  explanation: Explanation | null,
): ReadonlyMap<string, string> {
  const files = new Map([
    ['model_card.md', card],
    ['guardrails.json', json({ guardrails })],
  ]);
  if (explanation !== null) files.set('explanation.json', json(explanation));
  for (const [place, text] of plotFiles(plots)) files.set(place, text);
  return files;
}
