// Where in a POSIX shell command each expression stands, and so how its value must be quoted.
// It follows quotes, substitutions, comments and here-documents as the shell's own reader does;
// where it cannot be sure, it refuses rather than guesses. It never runs or changes anything.
import type { TemplateExpression } from '../expression/template.ts';
import { readShell } from './read-shell.ts';
import { ShellState } from './shell-state.ts';

/** `comment`: the shell never sees it. */
export type QuoteContext = 'unquoted' | 'single' | 'double' | 'comment';

interface Placed {
  readonly expression: TemplateExpression;
  readonly context: QuoteContext;
  readonly refusal: null;
}

interface Refused {
  readonly expression: TemplateExpression;
  readonly context: null;
  /** Why no value can stand there, and what to do; follows "the expression". */
  readonly refusal: string;
}

export type Placement = Placed | Refused;

/** One placement for each expression, in order. */
export function placeExpressions(
  command: string,
  expressions: readonly TemplateExpression[],
): Placement[] {
  const state = new ShellState(command, expressions);
  readShell(state);
  return state.finish();
}
