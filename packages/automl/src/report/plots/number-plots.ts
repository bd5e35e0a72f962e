// The plots of a regression: how predictions lie to the truth, and how they miss.
import { predictedVsTrue, residualHistogram } from '@ridgeline/learn';
import type { NumberRows } from '../evaluated-rows.ts';
import type { Plot } from '../report-types.ts';
import { histogram, type Point, scatterChart, thinned } from '../svg/charts.ts';
import { domainOf } from '../svg/scale.ts';

const mostPoints = 1000;

export function numberPlots(rows: NumberRows, target: string): readonly Plot[] {
  return [predictedVsTruePlot(rows, target), residualsPlot(rows, target)];
}

function predictedVsTruePlot({ truth, predicted }: NumberRows, target: string): Plot {
  const title = 'Predicted and true values';
  const points = thinned(
    Array.from(truth, (value, i): Point => [value, predicted[i]]),
    mostPoints,
  );
  const domain = domainOfBoth(truth, predicted);
  const svg = scatterChart({
    title,
    x: { name: `True ${target}`, domain },
    y: { name: `Predicted ${target}`, domain },
    reference: [
      [domain.min, domain.min],
      [domain.max, domain.max],
    ],
    points,
  });
  return {
    name: 'predicted_vs_true',
    title,
    data: { points, bins: predictedVsTrue(truth, predicted) },
    svg,
  };
}

function domainOfBoth(a: Float64Array, b: Float64Array) {
  const [first, second] = [domainOf(a), domainOf(b)];
  return { min: Math.min(first.min, second.min), max: Math.max(first.max, second.max) };
}

function residualsPlot({ truth, predicted }: NumberRows, target: string): Plot {
  const title = 'Residuals';
  const data = residualHistogram(truth, predicted, { binCount: 20 });
  const svg = histogram({ title, xName: `Predicted minus true ${target}`, ...data });
  return { name: 'residuals', title, data, svg };
}
