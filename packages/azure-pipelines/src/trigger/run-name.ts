// The name (number) of a run from the `name` of its file: `$(Date:yyyyMMdd).$(Rev:r)`.
import { DateTimeValue } from '../expression/date-time.ts';
import { formatPlainDateTime } from '../expression/date-time-format.ts';
import { sourceBranchName } from './source-branch.ts';

export const defaultRunName = '$(Date:yyyyMMdd).$(Rev:r)';
const maxRunNameLength = 255;

export interface RunNameFacts {
  /** The start of the run. Names are in UTC. */
  readonly startTime: Date;
  /** The full ref. */
  readonly sourceBranch: string;
  readonly teamProject: string;
  readonly definitionName: string;
  /** Variables given at the start, and those of the root of the file. */
  variable(name: string): string | undefined;
  /**
   * The next number among the runs whose name is the same but for that number; 1 for the first.
   * `rest` is that name, with `$(Rev)` in the place of the number.
   */
  nextRevision(rest: string): number;
}

export interface RunName {
  readonly name: string;
  /** What a name cannot have and this one had: it stands as `_` or was cut off. */
  readonly problems: readonly string[];
}

const tokenPattern = /\$\(([^()]*)\)/gu;
const revisionMark = '$(Rev)';

export function formatRunName(format: string, facts: RunNameFacts): RunName {
  let digits: string | undefined;
  const rest = format.replaceAll(tokenPattern, (token, inner: string) => {
    const revision = /^rev:(?<point>\.?)(?<digits>r+)$/iu.exec(inner.trim())?.groups;
    if (revision === undefined) return tokenText(inner.trim(), facts) ?? token;
    digits ??= revision.digits;
    return `${revision.point}${revisionMark}`;
  });
  if (digits === undefined) return cleanRunName(rest);
  const revision = String(facts.nextRevision(rest)).padStart(digits.length, '0');
  return cleanRunName(rest.replaceAll(revisionMark, revision));
}

/** Undefined for what is neither a token nor a variable: it stays as it is. */
function tokenText(token: string, facts: RunNameFacts): string | undefined {
  const time = DateTimeValue.fromDate(facts.startTime);
  const date = /^date:(?<format>.+)$/isu.exec(token)?.groups?.format;
  if (date !== undefined) return formatPlainDateTime(time, date);
  const known = tokens.get(token.toLowerCase())?.(facts, time);
  const text = known ?? facts.variable(token);
  // Most variables with a slash hold a branch, whose slashes a name cannot have.
  return text?.replaceAll('/', '_');
}

const tokens: ReadonlyMap<string, (facts: RunNameFacts, time: DateTimeValue) => string> = new Map([
  ['dayofmonth', (_, time) => formatPlainDateTime(time, 'd')],
  ['dayofyear', ({ startTime }) => String(dayOfYear(startTime))],
  ['hours', (_, time) => formatPlainDateTime(time, 'H')],
  ['minutes', (_, time) => formatPlainDateTime(time, 'm')],
  ['month', (_, time) => formatPlainDateTime(time, 'M')],
  ['seconds', (_, time) => formatPlainDateTime(time, 's')],
  ['year:yy', (_, time) => formatPlainDateTime(time, 'yy')],
  ['year:yyyy', (_, time) => formatPlainDateTime(time, 'yyyy')],
  ['sourcebranchname', ({ sourceBranch }) => sourceBranchName(sourceBranch)],
  ['build.sourcebranchname', ({ sourceBranch }) => sourceBranchName(sourceBranch)],
  ['teamproject', ({ teamProject }) => teamProject],
  ['builddefinitionname', ({ definitionName }) => definitionName],
  ['build.definitionname', ({ definitionName }) => definitionName],
]);

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - start) / 86_400_000) + 1;
}

/** What is wrong with a format whatever its tokens come to. */
export function literalProblems(format: string): readonly string[] {
  const literal = format.replaceAll(tokenPattern, '0');
  return literal === '' ? [] : cleanRunName(literal).problems;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they cannot stand in a name either.
const forbidden = /["/\\:<>'|?@*\u0000-\u001f]/gu;

/** Makes a text a name that a run can have, and says what had to change. */
export function cleanRunName(text: string): RunName {
  const problems: string[] = [];
  const bad = new Set(text.match(forbidden));
  if (bad.size > 0) problems.push(`The name of a run cannot have ${[...bad].map(shown).join(' ')}`);
  let name = text.replaceAll(forbidden, '_');
  if (name.length > maxRunNameLength) {
    problems.push(
      `The name of a run has at most ${maxRunNameLength} characters, not ${name.length}`,
    );
    name = name.slice(0, maxRunNameLength);
  }
  if (/\.+$/u.test(name)) {
    problems.push('The name of a run cannot end with a point');
    name = name.replace(/\.+$/u, '');
  }
  return { name: name === '' ? '_' : name, problems };
}

function shown(character: string): string {
  return character < ' ' ? JSON.stringify(character) : character;
}
