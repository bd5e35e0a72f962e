// The plots of a report, as a section of its card.
import type { Plot } from '../report-types.ts';
import { inline } from './markdown.ts';

/** Empty without plots. */
export function plotSection(plots: readonly Plot[]): string {
  if (plots.length === 0) return '';
  const images = plots.map(({ name, title }) => `![${inline(title)}](plots/${name}.svg)`);
  return `## Plots\n\n${images.join('\n\n')}`;
}
