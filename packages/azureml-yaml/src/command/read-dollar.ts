// What can begin with a `$`: variables, substitutions, expansions, and strings that shells dispute.
import { openParen } from './read-operator.ts';
import { refusals, type ShellState } from './shell-state.ts';

export function readDollar(state: ShellState): void {
  const next = state.text[state.at + 1] ?? '';
  const expression = state.expressionAt(state.at + 1);
  const quoted = state.top === 'double';
  if (expression !== null) {
    // In double quotes the value leaves the quotes, which parts it from the `$`.
    if (quoted) state.move(1, false);
    else state.place(expression, 'unquoted', refusals.dollar);
  } else if (next === '(') {
    state.move(1, false);
    openParen(state);
  } else if (next === '{') readExpansion(state);
  else if (next === '[') state.lose(refusals.arithmetic);
  else if (next === "'" && !quoted) readDollarSingle(state);
  else state.move(/[@*#?$!0-9-]/.test(next) ? 2 : 1, false);
}

function readExpansion(state: ShellState): void {
  const end = state.text.indexOf('}', state.at + 2);
  const inner = state.text.slice(state.at + 2, end === -1 ? undefined : end);
  if (end === -1 || /["'`\\{\n]|\$[({]/.test(inner)) state.lose(refusals.expansion);
  else state.move(end + 1 - state.at, false);
}

/** `$'…'` is one string to bash and a `$` before a string to others: they part at a backslash. */
function readDollarSingle(state: ShellState): void {
  const end = state.text.indexOf("'", state.at + 2);
  const inner = state.text.slice(state.at + 2, end === -1 ? undefined : end);
  if (end === -1 || /\\|\$\{\{/.test(inner)) {
    state.lose("stands inside or after a $'…' string; use plain quotes");
  } else state.move(end + 1 - state.at, false);
}
