// An environment that stands within a job. Steps hold it as one text, as they hold a reference, so
// that equal ones are one.
import type { CondaFile } from './environment-definition.ts';

export interface InlineEnvironment {
  readonly image: string | null;
  /** The path of a file is from where the job's file stands. */
  readonly condaFile: CondaFile | null;
}

/** No reference begins like this. */
const start = '{"inlineEnvironment":';

export function inlineEnvironmentText({ image, condaFile }: InlineEnvironment): string {
  return `${start}${JSON.stringify({ image, condaFile })}}`;
}

/** A text of a file that looks like one of ours is none: it has been judged by no one. */
export function isInlineText(environment: string): boolean {
  return environment.startsWith(start);
}

/** @param environment of a step; null for one that is a reference. */
export function readInlineEnvironment(environment: string): InlineEnvironment | null {
  if (!isInlineText(environment)) return null;
  const { inlineEnvironment }: { readonly inlineEnvironment: InlineEnvironment } =
    JSON.parse(environment);
  return inlineEnvironment;
}
