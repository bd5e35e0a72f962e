// The encoder of the columns, by the settings of featurization: what is said of a column goes before
// what is guessed, and what is guessed is told where it matters.
import {
  type ColumnPurpose,
  contradictoryDates,
  type FittedTableEncoder,
  TableEncoder,
} from '@ridgeline/learn';
import type { Table } from '@ridgeline/tabular';
import type { SearchNote } from '../search/search-types.ts';
import { type AutoMLSettings, columnPurposes } from '../settings/automl-settings.ts';

// Azure's names of transformers, and what a column is that they make features of.
const purposeOfTransformer: ReadonlyMap<string, ColumnPurpose> = new Map([
  ['tfidf', 'text'],
  ['countvectorizer', 'text'],
  ['wordembedding', 'text'],
  ['texttargetencoder', 'text'],
  ['naivebayes', 'text'],
  ['datetimetransformer', 'datetime'],
]);

/** @throws LearnError for columns that cannot be used, TabularError. */
export function fitEncoder(
  train: Table,
  settings: AutoMLSettings,
  notes: SearchNote[],
): FittedTableEncoder {
  const { targetColumn, weightColumn, cvSplitColumns } = settings;
  const exclude = [
    ...new Set([targetColumn, ...cvSplitColumns, ...(weightColumn ? [weightColumn] : [])]),
  ];
  const purposes = givenPurposes(train, settings, exclude);
  const fit = () => new TableEncoder({ purposes }).fit(train, { exclude });
  let encoder = fit();
  const blocked = blockedPurposes(settings);
  const refused = encoder.report.filter(({ purpose, column }) => {
    return blocked.has(purpose) && !settings.featurization.columnTypes.has(column);
  });
  if (refused.length > 0) {
    for (const { column } of refused) purposes.set(column, 'ignored');
    encoder = fit();
  }
  for (const { column, purpose, reason } of encoder.report) {
    if (purposes.has(column)) continue;
    if (purpose === 'ignored') notes.push({ code: 'COLUMN_IGNORED', column, message: reason });
    else if (train.column(column).type === 'string' && isAboutDates(purpose, reason)) {
      notes.push({ code: 'DATES_READ', column, message: reason });
    }
  }
  return encoder;
}

/** Texts that are read as dates, or that look like dates and cannot be. */
function isAboutDates(purpose: ColumnPurpose, reason: string): boolean {
  return purpose === 'datetime' || reason.includes(contradictoryDates);
}

function givenPurposes(train: Table, settings: AutoMLSettings, exclude: readonly string[]) {
  const { mode, columnTypes, dropColumns } = settings.featurization;
  const purposes = new Map<string, ColumnPurpose>();
  if (mode === 'off') {
    for (const { name, type } of train.columns()) {
      if (type === 'string' && !exclude.includes(name)) purposes.set(name, 'categorical');
    }
  }
  for (const [column, type] of columnTypes) {
    const purpose = columnPurposes.find((each) => each === type);
    if (purpose !== undefined && !exclude.includes(column)) purposes.set(column, purpose);
  }
  for (const column of dropColumns) if (!exclude.includes(column)) purposes.set(column, 'ignored');
  return purposes;
}

function blockedPurposes({ featurization }: AutoMLSettings): ReadonlySet<ColumnPurpose> {
  const names = featurization.blockedTransformers.map((name) =>
    name.toLowerCase().replace(/[_-]/g, ''),
  );
  return new Set(names.flatMap((name) => purposeOfTransformer.get(name) ?? []));
}
