// Parentheses, here-documents, line ends and `case`: what decides which quotes belong together.
import { refusals, type ShellState } from './shell-state.ts';

export function readParen(state: ShellState): void {
  if (state.char === '(') {
    // After a mistake in an array bash goes on with the next line, even of a value in quotes.
    if (state.text[state.at - 1] === '=') state.lose(refusals.array);
    openParen(state);
    return;
  }
  if (state.hereDocuments.pending) state.lose(refusals.hereDocument);
  // After a subshell this is a comment, after a substitution it is more of the word.
  if (state.text[state.at + 1] === '#') state.lose("stands after ')#'; put a space between");
  // A `)` that nothing opened ends a pattern of `case`; closing nothing is harmless.
  state.close();
  state.wordStart = state.top !== 'double';
}

export function openParen(state: ShellState): void {
  const isArithmetic = state.text[state.at + 1] === '(';
  state.open('paren', 1);
  if (isArithmetic) state.open('arithmetic', 1);
}

export function readLess(state: ShellState): void {
  if (state.text.startsWith('<<<', state.at)) state.move(3, true);
  else if (!state.text.startsWith('<<', state.at)) state.move(1, true);
  else if (state.isInside('arithmetic')) state.lose(refusals.arithmetic);
  else {
    const end = state.hereDocuments.open(state.at);
    if (end === null) state.lose('stands after a here-document whose end is not a plain word');
    else state.move(end - state.at, false);
  }
}

export function readNewline(state: ShellState): void {
  state.move(1, true);
  if (!state.hereDocuments.pending) return;
  const end = state.hereDocuments.endOfBodies(state.at);
  if (end === null) {
    state.lose('stands inside or after a here-document that joins lines');
    return;
  }
  state.placeUntil(end, 'unquoted', refusals.hereDocument);
  state.wordStart = true;
}

/** A pattern of `case` ends with a `)` that opens nowhere. In a substitution within quotes it would
 * be taken for the substitution's end, and the quotes after it for others than they are. */
export function watchForCase(state: ShellState): void {
  if (!state.wordStart || !state.isInside('double', 'arithmetic')) return;
  if (!/^case[ \t\n]/.test(state.text.slice(state.at, state.at + 5))) return;
  state.lose('stands after a \'case\' inside "$(…)"; move the case out of the quotes');
}
