// The README's section about learners and their parameters, made from the table of estimators. To
// write it anew after a change: `node packages/learn/test/write-learner-table.ts`.

import { type EstimatorEntry, estimators, type ParameterSpec } from '../src/index.ts';

const begin = '<!-- learners: written by test/write-learner-table.ts -->';
const end = '<!-- learners end -->';

/** The README with its section of learners replaced by the current one. */
export function withLearnerTable(readme: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from)
    throw new Error(`the README has no section from '${begin}' to '${end}'`);
  return `${readme.slice(0, from + begin.length)}\n\n${learnerTables()}\n\n${readme.slice(to)}`;
}

function learnerTables(): string {
  const entries = [...estimators.values()];
  const rows = entries.map((entry) => [
    `\`${entry.name}\``,
    ...[entry.takesMissing, entry.takesCategories, entry.takesSampleWeight].map(yesOrNo),
    entry.doc,
  ]);
  const head = ['learner', 'missing values', 'categories', 'sample weights', 'what'];
  const details = groupsOf(entries).map(
    ({ names, parameters }) => `### ${names}\n\n${parameterTable(parameters)}`,
  );
  return [markdownTable(head, rows), ...details].join('\n\n');
}

/** Learners with the same parameters share a table. */
function groupsOf(entries: readonly EstimatorEntry[]) {
  const groups = Map.groupBy(entries, ({ parameters }) => JSON.stringify(parameters));
  return [...groups.values()].map((group) => ({
    names: group.map(({ name }) => name).join(', '),
    parameters: group[0].parameters,
  }));
}

function parameterTable(parameters: EstimatorEntry['parameters']): string {
  const rows = Object.entries(parameters).map(([name, spec]) => [
    `\`${name}\``,
    `\`${JSON.stringify(spec.default)}\``,
    rangeOf(spec),
    spec.doc,
  ]);
  return markdownTable(['parameter', 'default', 'values', 'what'], rows);
}

function rangeOf(spec: ParameterSpec): string {
  if (spec.kind === 'boolean') return '`true`, `false`';
  if (spec.kind === 'choice') return spec.choices.map((choice) => `\`${choice}\``).join(', ');
  const range =
    spec.max === Number.MAX_VALUE ? `${spec.min} or more` : `${spec.min} to ${spec.max}`;
  if (spec.kind === 'number') return range;
  if (spec.kind === 'integer-list') return `at most ${spec.maxLength} whole numbers, ${range}`;
  return spec.kind === 'integer' ? `whole, ${range}` : `whole, ${range}, or \`null\``;
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
