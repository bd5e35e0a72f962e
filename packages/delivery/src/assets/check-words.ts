// The rules for names and texts that variable groups, service connections and environments share.
import { shorten } from '@ridgeline/azure-pipelines';
import type { Mistakes } from './mistakes.ts';

export const assetLimits = {
  /** Groups, connections or environments of a workspace. */
  assets: 1_000,
  /** Variables of a group; parameters or facts of a connection; checks of an environment. */
  entries: 1_000,
  nameLength: 255,
  textLength: 5_000,
  /** Of a variable or a parameter: what the workspace keeps as one secret. */
  valueLength: 100_000,
} as const;

/** @param what with its name for people, such as `variable group`. */
export function checkName(mistakes: Mistakes, what: string, name: string): void {
  const problem = nameProblem(name);
  if (problem !== null) mistakes.add(`the name of the ${what} '${shorten(name)}' ${problem}`);
}

function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'is empty; give it one';
  if (name !== name.trim()) return 'has a blank at an end; leave it out';
  if (name.length > assetLimits.nameLength) return `is longer than ${assetLimits.nameLength}`;
  // `$` would read as an expression in a pipeline, a slash as a folder in an address.
  return isPlain(name) && !/[/\\$,]/.test(name)
    ? null
    : "holds a '/', '\\', '$', ',' or a control character; leave that out";
}

export function checkText(mistakes: Mistakes, what: string, text: string): void {
  const { textLength } = assetLimits;
  if (!text.isWellFormed() || text.includes('\0')) mistakes.add(`the ${what} is no plain text`);
  if (text.length > textLength) mistakes.add(`the ${what} is longer than ${textLength} characters`);
}

/** Says nothing of the value: it may be a secret. */
export function checkValue(mistakes: Mistakes, what: string, value: string): void {
  const { valueLength } = assetLimits;
  if (!value.isWellFormed() || value.includes('\0'))
    mistakes.add(`the value of ${what} is no plain text`);
  if (value.length > valueLength)
    mistakes.add(`the value of ${what} is longer than ${valueLength} characters`);
}

function isPlain(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** By this a name is looked up: letter case means nothing. */
export function keyOf(name: string): string {
  return name.toLowerCase();
}
