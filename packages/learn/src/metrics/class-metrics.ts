// The rows of the table of metrics that judge classifiers: scikit-learn's definitions under the names
// of Azure AutoML (averages over classes) and of MLflow's evaluator (the positive class).

import {
  type Average,
  accuracy,
  averagedScore,
  averages,
  balancedAccuracy,
  type ClassScore,
  classScore,
  f1,
  matthewsCorrelation,
  normalizedMacroRecall,
  precision,
  recall,
  weightedAccuracy,
} from './averaged-scores.ts';
import type { ClassificationInputs } from './classification-inputs.ts';
import type { ClassMetric } from './metric.ts';
import { averagedArea, brierScore, logLoss, weighedClasses } from './probability-scores.ts';
import type { Ranking } from './ranking.ts';

type Compute = (inputs: ClassificationInputs) => number;
type Facts = Partial<Omit<ClassMetric, 'name' | 'doc' | 'compute'>>;

const infinity = Number.POSITIVE_INFINITY;
const probabilities = { needs: 'probabilities' } as const;
const loss = { ...probabilities, direction: 'minimize' } as const;

function metric(name: string, doc: string, compute: Compute, facts: Facts = {}): ClassMetric {
  return {
    name,
    doc,
    aliases: [],
    tasks: ['classification'],
    needs: 'prediction',
    direction: 'maximize',
    range: { min: 0, max: 1 },
    weighted: true,
    undefinedWhen: () => null,
    compute,
    ...facts,
  };
}

const averageDocs: Readonly<Record<Average, string>> = {
  macro: 'mean over the classes',
  micro: 'of all rows and classes together',
  weighted: 'mean over the classes by their rows',
};

/** Three metrics, one an average; Azure's other spelling, with an upper case word, is an alias. */
function family(
  name: string,
  doc: string,
  compute: (inputs: ClassificationInputs, kind: Average) => number,
  facts: (kind: Average) => Facts = () => ({}),
): readonly ClassMetric[] {
  return averages.map((kind) =>
    metric(
      `${name}_${kind}`,
      `${doc}, ${averageDocs[kind]}.`,
      (inputs) => compute(inputs, kind),
      facts(kind),
    ),
  );
}

function ofClass(score: ClassScore): (inputs: ClassificationInputs, kind: Average) => number {
  return (inputs, kind) => averagedScore(inputs, score, kind);
}

function ofRanking(
  area: (ranking: Ranking) => number,
): (inputs: ClassificationInputs, kind: Average) => number {
  return (inputs, kind) => averagedArea(inputs, area, kind);
}

/** MLflow's: of the positive class, or, of more than two classes, the weighted average. */
function ofPositive(score: ClassScore): Compute {
  return (inputs) =>
    inputs.positive === null
      ? averagedScore(inputs, score, 'weighted')
      : classScore(inputs, score, inputs.positive);
}

const rocArea = (ranking: Ranking) => ranking.rocArea;
const averagePrecision = (ranking: Ranking) => ranking.averagePrecision;

function oneClass(inputs: ClassificationInputs): string | null {
  return weighedClasses(inputs).length > 1 ? null : 'the rows are all of one class';
}

function noPositive(inputs: ClassificationInputs): string | null {
  if (inputs.positive === null)
    return 'there are more than two classes, and none is named positive';
  return inputs.totals.actual[inputs.positive] > 0 ? null : 'no row is of the positive class';
}

/** Of the positive class, or, of more than two classes, the weighted average. */
function rocAuc(inputs: ClassificationInputs): number {
  if (inputs.positive === null) return averagedArea(inputs, rocArea, 'weighted');
  return rocArea(inputs.ranking(inputs.positive));
}

function rocAucUndefined(inputs: ClassificationInputs): string | null {
  const { positive, totals } = inputs;
  if (positive === null) return oneClass(inputs);
  const hasBoth = totals.actual[positive] > 0 && totals.actual[positive] < totals.total;
  return hasBoth ? null : 'the rows are all positive or all negative';
}

/** One cell of the table of the positive class against the rest. */
function cell(name: string, doc: string, isBetterMore: boolean, of: CellOf): ClassMetric {
  const compute: Compute = ({ totals, positive }) => {
    const at = positive ?? 0;
    return of(totals.hits[at], totals.actual[at], totals.predicted[at], totals.total);
  };
  return metric(name, doc, compute, {
    direction: isBetterMore ? 'maximize' : 'minimize',
    range: { min: 0, max: infinity },
    undefinedWhen: ({ positive }) =>
      positive === null ? 'there are more than two classes, and none is named positive' : null,
  });
}

type CellOf = (hits: number, actual: number, predicted: number, total: number) => number;

export const classMetrics: readonly ClassMetric[] = [
  metric('accuracy', 'Share of the rows predicted right.', accuracy, {
    aliases: ['accuracy_score'],
  }),
  ...family('auc', 'Area under the ROC curve', ofRanking(rocArea), (kind) => ({
    ...probabilities,
    aliases: [`AUC_${kind}`],
    undefinedWhen: kind === 'micro' ? () => null : oneClass,
  })),
  ...family(
    'average_precision_score',
    'Average precision',
    ofRanking(averagePrecision),
    () => probabilities,
  ),
  metric(
    'norm_macro_recall',
    'Macro recall, 0 for guessing and 1 at best.',
    normalizedMacroRecall,
    {
      undefinedWhen: oneClass,
    },
  ),
  ...family('precision_score', 'Precision', ofClass(precision)),
  ...family('recall_score', 'Recall', ofClass(recall)),
  ...family('f1_score', 'F1, the harmonic mean of precision and recall', ofClass(f1)),
  metric('balanced_accuracy', 'Mean recall of the classes.', balancedAccuracy, {
    aliases: ['balanced_accuracy_score'],
  }),
  metric('weighted_accuracy', 'Accuracy by the share of the class.', weightedAccuracy, {
    weighted: false,
  }),
  metric('matthews_correlation', "Matthews' correlation.", matthewsCorrelation, {
    aliases: ['matthews_corrcoef', 'mcc'],
    range: { min: -1, max: 1 },
  }),
  metric('log_loss', 'Minus the mean log probability of the true class.', logLoss, {
    ...loss,
    range: { min: 0, max: infinity },
  }),
  metric('brier_score_loss', 'Mean squared error of the probabilities.', brierScore, {
    ...loss,
    aliases: ['brier_score'],
    range: { min: 0, max: 2 },
  }),
  metric('roc_auc', 'Area under the ROC curve of the positive class.', rocAuc, {
    ...probabilities,
    aliases: ['auc_binary', 'AUC_binary'],
    undefinedWhen: rocAucUndefined,
  }),
  metric(
    'precision_recall_auc',
    'Area under the precision-recall curve of the positive class.',
    (inputs) => inputs.ranking(inputs.positive ?? 0).precisionRecallArea,
    { ...probabilities, undefinedWhen: noPositive },
  ),
  metric('precision_score', 'Precision of the positive class.', ofPositive(precision)),
  metric('recall_score', 'Recall of the positive class.', ofPositive(recall)),
  metric('f1_score', 'F1 of the positive class.', ofPositive(f1)),
  cell('true_positives', 'Positive rows predicted so.', true, (hits) => hits),
  cell('false_positives', 'Negative rows predicted positive.', false, (hits, _, predicted) => {
    return predicted - hits;
  }),
  cell('true_negatives', 'Negative rows predicted so.', true, (hits, actual, predicted, total) => {
    return total - actual - predicted + hits;
  }),
  cell('false_negatives', 'Positive rows predicted negative.', false, (hits, actual) => {
    return actual - hits;
  }),
  metric('example_count', 'Number of rows.', ({ rowCount }) => rowCount, {
    direction: null,
    weighted: false,
    range: { min: 1, max: infinity },
  }),
];
