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
  told(mistakes, what, name, wordProblem(name) ?? signProblem(name));
}

/** Of something elsewhere, which may have names of its own: anything that a person can tell apart. */
export function checkWord(mistakes: Mistakes, what: string, name: string): void {
  told(mistakes, what, name, wordProblem(name));
}

function told(mistakes: Mistakes, what: string, name: string, problem: string | null): void {
  if (problem !== null) mistakes.add(`the name of the ${what} '${shorten(name)}' ${problem}`);
}

function wordProblem(name: string): string | null {
  if (name.trim() === '') return 'is empty; give it one';
  if (name !== name.trim()) return 'has a blank at an end; leave it out';
  if (name.length > assetLimits.nameLength) return `is longer than ${assetLimits.nameLength}`;
  return isPlain(name) ? null : 'holds a control or an invisible character; leave that out';
}

function signProblem(name: string): string | null {
  // `$` would read as an expression in a pipeline, a slash as a folder in an address.
  return /[/\\$,]/.test(name) ? "holds a '/', '\\', '$' or ','; leave that out" : null;
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

/** What cannot be seen, or turns the direction of what is read, makes two names look like one. */
function isPlain(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

/** By this a name is looked up: letter case means nothing, nor how its accents are composed. */
export function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
