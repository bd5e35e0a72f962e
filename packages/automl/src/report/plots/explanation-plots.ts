// The plots of an explanation: importance by disorder, and the contributions of the columns.
import type { Explanation, Plot } from '../report-types.ts';
import { barChart, cloudChart } from '../svg/rows-charts.ts';

const mostColumns = 20;

export function explanationPlots(explanation: Explanation): readonly Plot[] {
  return [importancePlot(explanation), ...shapPlots(explanation)];
}

function importancePlot({ importances, metric }: Explanation): Plot {
  const title = 'Permutation importance of the columns';
  const bars = importances.slice(0, mostColumns).map(({ name, mean, standardDeviation }) => {
    return { name, value: mean, spread: standardDeviation };
  });
  const svg = barChart(title, `Loss of ${metric}`, bars);
  return { name: 'permutation_importance', title, data: { metric, importances }, svg };
}

function shapPlots({ shap }: Explanation): readonly Plot[] {
  const columns = shap.columns.slice(0, mostColumns);
  const [first] = shap.outputs;
  if (columns.length === 0 || first === undefined) return [];
  const meanTitle = 'Mean contribution of the columns (SHAP)';
  const bars = columns.map(({ name, meanAbsolute }) => ({ name, value: meanAbsolute, spread: 0 }));
  const cloudTitle = `Contributions (SHAP) to ${first.name}`;
  const clouds = columns.map(({ name, points }) => {
    const middle = medianOf(points.map(({ value }) => value));
    return {
      name,
      points: points.map(({ value, contribution }) => {
        const isHigh = typeof value === 'boolean' ? value : isAbove(value, middle);
        return { x: contribution, isHigh };
      }),
    };
  });
  return [
    {
      name: 'shap_importance',
      title: meanTitle,
      data: {
        columns: columns.map(({ name, meanAbsolute, byOutput }) => ({
          name,
          meanAbsolute,
          byOutput,
        })),
      },
      svg: barChart(meanTitle, 'Mean size of the contribution', bars),
    },
    {
      name: 'shap_summary',
      title: cloudTitle,
      data: {
        outputs: shap.outputs,
        columns: columns.map(({ name, points }) => ({ name, points })),
      },
      svg: cloudChart(cloudTitle, 'Contribution to the prediction', clouds),
    },
  ];
}

/** Null where it cannot be said: a text, a missing value. */
function isAbove(value: unknown, middle: number | null): boolean | null {
  return typeof value === 'number' && middle !== null ? value > middle : null;
}

function medianOf(values: readonly unknown[]): number | null {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return numbers.length === 0 ? null : numbers[Math.floor((numbers.length - 1) / 2)];
}
