// Plots as files by their place: a picture, and what it was drawn from.
import { json } from '../json.ts';
import type { Plot } from '../report-types.ts';

export function plotFiles(plots: readonly Plot[]): ReadonlyMap<string, string> {
  return new Map(
    plots.flatMap(({ name, title, data, svg }) => [
      [`plots/${name}.svg`, svg],
      [`plots/${name}.json`, json({ name, title, ...data })],
    ]),
  );
}
