// An issue as it is kept and as the log shows it.

import type { Issue } from './step-record.ts';

export function maskedIssue(issue: Issue, mask: (text: string) => string): Issue {
  const { message, sourcePath } = issue;
  const place = sourcePath === undefined ? {} : { sourcePath: mask(sourcePath) };
  return { ...issue, message: mask(message), ...place };
}

/** `file(line,column): error code: `, as compilers write it and editors read it. */
export function placeOf({ type, sourcePath, lineNumber, columnNumber, code }: Issue): string {
  if (sourcePath === undefined) return code === undefined ? '' : `${code}: `;
  const position = [lineNumber, columnNumber].filter((one) => one !== undefined).join(',');
  const place = position === '' ? sourcePath : `${sourcePath}(${position})`;
  return `${place}: ${type}${code === undefined ? '' : ` ${code}`}: `;
}
