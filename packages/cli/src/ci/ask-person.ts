// Whom a run asks: the words of --approve first, then whoever sits at the terminal. Where there is
// neither, a stage that needs a yes is rejected, and the words that would have said it are told.
import { createInterface } from 'node:readline/promises';
import type { Answer, Ask, Question } from '@ridgeline/azure-pipelines';
import { printNote } from '../output/print.ts';
import { style } from '../output/style.ts';
import { printable } from './run-printer.ts';

/** The stage of a file that has none. */
const unnamed = '__default';

const nobody = { isApproved: false, by: 'nobody: no terminal to ask on' } as const;

export function askPerson(approved: readonly string[]): Ask {
  // One question at a time: two on one terminal could not be told apart.
  let last: Promise<unknown> = Promise.resolve();
  return async (question, signal) => {
    if (isApproved(question, approved)) return { isApproved: true, by: '--approve' };
    if (signal.aborted) return { isApproved: false, by: 'the end of the run' };
    if (process.stdin.isTTY !== true) return tellWords(question);
    const answer = last.then(() => askOnTerminal(question, signal));
    last = answer.catch(() => undefined);
    return answer;
  };
}

function isApproved({ stage }: Question, approved: readonly string[]): boolean {
  return approved.some((name) => name === 'all' || name.toLowerCase() === stage.toLowerCase());
}

function tellWords({ stage }: Question): Answer {
  const one = stage === unnamed ? '' : `--approve ${stage}, or all with `;
  printNote(`Approve it with ${one}--approve all`);
  return nobody;
}

async function askOnTerminal(question: Question, signal: AbortSignal): Promise<Answer> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C at a question is Ctrl-C for the run.
  lines.once('SIGINT', () => process.emit('SIGINT'));
  try {
    const text = await lines.question(`${style.bold(sentence(question))} [y/N] `, { signal });
    return { isApproved: /^\s*y(es)?\s*$/i.test(text), by: 'the terminal' };
  } catch {
    return { isApproved: false, by: 'the end of the run' };
  } finally {
    lines.close();
  }
}

function sentence({ kind, stage, about, instructions = '', approvers = [] }: Question): string {
  const list = about.join(', ');
  const who = stage === unnamed ? 'The pipeline' : `Stage '${stage}'`;
  const behalf = approvers.length === 0 ? '' : ` (for ${approvers.join(', ')})`;
  if (kind === 'approval')
    return `${instructions && `${printable(instructions)}\n`}${who} deploys to '${list}'${behalf}. Go on?`;
  if (kind === 'manualStage') return `${who} starts by hand. Start it?`;
  return `${who} waits for you. ${list}\nGo on?`;
}
