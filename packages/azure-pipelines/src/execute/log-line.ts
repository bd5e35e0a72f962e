// One line of a step's log, as it may be shown: every secret in it is masked already.

export type LogLineKind =
  | 'text'
  | 'group'
  | 'endgroup'
  | 'section'
  | 'command'
  | 'debug'
  | 'warning'
  | 'error';

export interface LogLine {
  /** The `StepRecord.id` of the step that printed it. */
  readonly step: string;
  /** By the `##[kind]` at its start. */
  readonly kind: LogLineKind;
  /** Without the line's end and without the `##[kind]`. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** The line as a log file holds it: with its `##[kind]`. */
export function formatLogLine(line: LogLine): string {
  return line.kind === 'text' ? line.text : `##[${line.kind}]${line.text}`;
}
