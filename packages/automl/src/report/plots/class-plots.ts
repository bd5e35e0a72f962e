// The plots of a classification: a curve a class against the rest, and the confusion matrix. Of two
// classes only the positive one is drawn; of many, those with the most rows.
import {
  calibrationCurve,
  confusionMatrix,
  liftAndGain,
  precisionRecallCurve,
  rocCurve,
  shareOfClass,
} from '@ridgeline/learn';
import type { ClassRows } from '../evaluated-rows.ts';
import type { Plot } from '../report-types.ts';
import { lineChart, type Point, type Series, thinned } from '../svg/charts.ts';
import { heatMap } from '../svg/heat-map.ts';

const mostCurves = 7;
const mostPoints = 500;
const mostClassesInMatrix = 40;

interface CurveSpec {
  readonly name: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly reference: readonly Point[];
  readonly pointsOf: (positives: ArrayLike<number>, scores: Float64Array) => readonly Point[];
  /** Where the y axis ends; null: with the data. */
  readonly yMax: number | null;
}

const diagonal: readonly Point[] = [
  [0, 0],
  [1, 1],
];

const curves: readonly CurveSpec[] = [
  {
    name: 'roc_curve',
    title: 'ROC curve',
    x: 'False positive rate',
    y: 'True positive rate',
    reference: diagonal,
    yMax: 1,
    pointsOf: (positives, scores) => {
      const { falsePositiveRate, truePositiveRate } = rocCurve(positives, scores);
      return falsePositiveRate.map((rate, i) => [rate, truePositiveRate[i]]);
    },
  },
  {
    name: 'precision_recall_curve',
    title: 'Precision and recall',
    x: 'Recall',
    y: 'Precision',
    reference: [],
    yMax: 1,
    pointsOf: (positives, scores) => {
      const { precision, recall } = precisionRecallCurve(positives, scores);
      return recall.map((rate, i): Point => [rate, precision[i]]).reverse();
    },
  },
  {
    name: 'calibration_curve',
    title: 'Calibration',
    x: 'Mean predicted probability',
    y: 'Share of the rows that are of the class',
    reference: diagonal,
    yMax: 1,
    pointsOf: (positives, scores) => {
      const { predicted, observed } = calibrationCurve(positives, scores.map(toProbability));
      return predicted.map((probability, i) => [probability, observed[i]]);
    },
  },
  {
    name: 'cumulative_gains_curve',
    title: 'Cumulative gains',
    x: 'Share of the rows, the most probable first',
    y: "Share of the class's rows found",
    reference: diagonal,
    yMax: 1,
    pointsOf: (positives, scores) => [
      [0, 0],
      ...liftAndGain(positives, scores).map(({ share, gain }): Point => [share, gain]),
    ],
  },
  {
    name: 'lift_curve',
    title: 'Lift',
    x: 'Share of the rows, the most probable first',
    y: 'Times as many as by chance',
    reference: [
      [0, 1],
      [1, 1],
    ],
    yMax: null,
    pointsOf: (positives, scores) =>
      liftAndGain(positives, scores).map(({ share, lift }): Point => [share, lift]),
  },
];

export function classPlots(rows: ClassRows): readonly Plot[] {
  const shown = shownClasses(rows);
  const matrix = rows.classes.length > mostClassesInMatrix ? [] : [confusionPlot(rows)];
  return [
    ...matrix,
    ...(shown.length === 0 ? [] : curves.map((spec) => curvePlot(spec, rows, shown))),
  ];
}

function curvePlot(spec: CurveSpec, rows: ClassRows, shown: readonly number[]): Plot {
  const { name, title, reference, yMax } = spec;
  const series = shown.map((code): Series => {
    const positives = Uint8Array.from(rows.codes, (of) => Number(of === code));
    const points = spec.pointsOf(positives, rows.probabilities.column(code));
    return { name: String(rows.classes[code]), points: thinned(points, mostPoints) };
  });
  const highest = series.reduce(
    (most, { points }) => points.reduce((max, [, y]) => Math.max(max, y), most),
    0,
  );
  const shape = name === 'calibration_curve' ? 'line and dots' : 'line';
  const svg = lineChart({
    title: shown.length === 1 ? `${title}: ${series[0].name}` : title,
    x: { name: spec.x, domain: { min: 0, max: 1 } },
    y: { name: spec.y, domain: { min: 0, max: yMax ?? highest } },
    reference,
    series: series.map((one) => ({ ...one, shape })),
  });
  return { name, title, data: { x: spec.x, y: spec.y, series }, svg };
}

function confusionPlot({ classes, codes, probabilities }: ClassRows): Plot {
  const title = 'Confusion matrix';
  const predicted = Array.from(codes, (_, row) => classes[mostProbableAt(probabilities, row)]);
  const labels = Array.from(codes, (code) => classes[code]);
  const matrix = confusionMatrix(labels, predicted, classes);
  const names = classes.map(String);
  const counts = matrix.counts.map((row) => [...row]);
  const shares = shareOfClass(matrix).counts.map((row) => [...row]);
  const svg = heatMap({ title, xName: 'Predicted', yName: 'True', names, counts, shares });
  return { name: 'confusion_matrix', title, data: { classes: names, counts }, svg };
}

function mostProbableAt({ values, columnCount }: ClassRows['probabilities'], row: number): number {
  let best = 0;
  for (let k = 1; k < columnCount; k++) {
    if (values[row * columnCount + k] > values[row * columnCount + best]) best = k;
  }
  return best;
}

/** Classes that some rows have and some have not: the positive one of two, else the most frequent. */
function shownClasses({ classes, codes, positive }: ClassRows): readonly number[] {
  const counts = new Float64Array(classes.length);
  for (const code of codes) counts[code]++;
  const drawn = Array.from(counts.keys()).filter((k) => counts[k] > 0 && counts[k] < codes.length);
  if (classes.length === 2) return drawn.filter((k) => k === positive);
  const frequent = drawn.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, mostCurves);
  return frequent.sort((a, b) => a - b);
}

/** Sums of float32 may leave 0 to 1 by a hair. */
function toProbability(value: number): number {
  return Math.min(1, Math.max(0, value));
}
