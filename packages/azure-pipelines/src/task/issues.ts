// What a task says by logging commands while it goes on, as any process of a step would print them.

import type { TaskContext } from './task.ts';

type Log = Pick<TaskContext, 'log'>;

export function warn(context: Log, message: string): void {
  context.log(`##vso[task.logissue type=warning]${escapeMessage(message)}`);
}

export function prependPath(context: Log, folder: string): void {
  context.log(`##vso[task.prependpath]${escapeMessage(folder)}`);
}

/** Commands end with their line, so that breaks inside a message are written as escapes. */
export function escapeMessage(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
