// One pass over a shell command: outside quotes, inside double quotes, and what both share.
import { readDollar } from './read-dollar.ts';
import { readLess, readNewline, readParen, watchForCase } from './read-operator.ts';
import { refusals, type ShellState } from './shell-state.ts';

export function readShell(state: ShellState): void {
  while (!state.done) {
    const expression = state.expressionAt(state.at);
    const context = state.top === 'double' ? 'double' : 'unquoted';
    if (expression !== null) {
      state.place(expression, context, state.isInside('arithmetic') ? refusals.arithmetic : null);
    } else if (state.char === '\\') readBackslash(state);
    else if (state.char === '`') readBackticks(state);
    else if (state.char === '$') readDollar(state);
    else if (context === 'double') readDouble(state);
    else readCode(state);
  }
}

function readCode(state: ShellState): void {
  const { char } = state;
  if (char === "'") readSingle(state);
  else if (char === '"') state.open('double', 1);
  else if (char === '#' && state.wordStart) readComment(state);
  else if (char === '(' || char === ')') readParen(state);
  else if (char === '<') readLess(state);
  else if (char === '\n') readNewline(state);
  else {
    watchForCase(state);
    state.move(1, /[ \t;&|>]/.test(char));
  }
}

function readDouble(state: ShellState): void {
  if (state.char === '"') {
    state.close();
    return;
  }
  if (state.char === '\n' && state.hereDocuments.pending) state.lose(refusals.hereDocument);
  state.move(1, false);
}

function readBackslash(state: ShellState): void {
  const expression = state.expressionAt(state.at + 1);
  if (expression !== null) {
    state.place(expression, 'unquoted', refusals.backslash);
    return;
  }
  const joined = state.text[state.at + 1] === '\n';
  // The shell removes a joined line end, even from between the two signs of `$(` or `<<`.
  if (joined && /[$(<]/.test(state.text[state.at - 1] ?? '')) {
    state.lose('stands after an operator that is broken over two lines');
  }
  state.move(2, joined && state.wordStart);
}

function readSingle(state: ShellState): void {
  // Shells differ in whether a quote in arithmetic is one.
  if (state.isInside('arithmetic')) {
    state.lose(refusals.arithmetic);
    return;
  }
  const end = state.text.indexOf("'", state.at + 1);
  state.placeUntil(end === -1 ? state.text.length : end, 'single', null);
  state.move(1, false);
}

/** The shell looks for the closing backtick before it looks at anything else. */
function readBackticks(state: ShellState): void {
  let end = state.at + 1;
  while (end < state.text.length && state.text[end] !== '`') {
    end += state.text[end] === '\\' ? 2 : 1;
  }
  state.placeUntil(Math.min(end, state.text.length), 'unquoted', refusals.backticks);
  state.move(1, false);
}

function readComment(state: ShellState): void {
  if (state.isInside('arithmetic')) {
    state.lose(refusals.arithmetic);
    return;
  }
  // A line end within an expression is not one of the shell's, so the comment goes on behind it.
  while (!state.done && state.char !== '\n') {
    const end = state.text.indexOf('\n', state.at);
    state.placeUntil(end === -1 ? state.text.length : end, 'comment', null);
  }
}
