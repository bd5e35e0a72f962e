// Turns whatever was thrown into the answer of Azure's inference server: {"message"} and headers.

import { ScoringError, traceOf } from '../errors.ts';
import { type Answer, jsonAnswer } from './exchange.ts';

/** The sentence of Azure's server: what a script throws stays in the log, never in an answer. */
export const scriptFailureMessage =
  'An unexpected error occurred in scoring script. Check the logs for more info.';

const internalMessage = 'An unexpected internal error occurred. Check the logs for more info.';

export function failureAnswer(error: unknown): Answer {
  if (!(error instanceof ScoringError)) return messageAnswer(500, internalMessage);
  return messageAnswer(error.status, error.message, headersOf(error));
}

function messageAnswer(status: number, message: string, headers?: Answer['headers']): Answer {
  return jsonAnswer(status, JSON.stringify({ message }), headers);
}

function headersOf(error: ScoringError): Answer['headers'] {
  switch (error.code) {
    case 'REQUEST_KEY_INVALID':
      return { 'www-authenticate': 'Bearer' };
    case 'SCORING_SCRIPT_RUN_FAILED':
    case 'SCORING_SCRIPT_TIMEOUT':
      return { 'x-ms-run-function-failed': 'True' };
    default:
      return undefined;
  }
}

/** What the log says of a failed request: its code and message, and the trace of our own faults. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof ScoringError)) return `500 ${traceOf(error)}`;
  const line = `${error.status} ${error.code}: ${withoutControls(error.message)}`;
  return error.status < 500 || error.cause === undefined
    ? line
    : `${line}\n${traceOf(error.cause)}`;
}

// A message may name a property of the body; a line break in it must not forge a line of the log.
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
