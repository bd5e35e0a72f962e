// What a server task meets: timers, HTTP and a person, all of which can outlast any process.

import type { ServiceConnection } from '../service-connection.ts';
import type { TaskInputs, TaskVariables } from '../task.ts';

export interface ServerTaskContext extends TaskInputs {
  readonly host: ServerTaskHost;
  /** Values that were known when the job started. */
  readonly variables: Pick<TaskVariables, 'get' | 'isSecret' | 'addSecret'>;
  readonly signal: AbortSignal;
  log(line: string): void;
}

export interface ServerTaskHost {
  /** Rejects with the signal's reason when it fires. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  request(request: ServerRequest, signal: AbortSignal): Promise<ServerResponse>;
  serviceConnection(name: string): Promise<ServiceConnection | undefined>;
  /** Ends when someone has decided, or when the signal fires. */
  waitForPerson(question: ManualQuestion, signal: AbortSignal): Promise<ManualDecision>;
}

export interface ServerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ServerResponse {
  readonly status: number;
  readonly body: string;
}

export interface ManualQuestion {
  readonly instructions: string;
  readonly notify: readonly string[];
  /** Who may decide; empty is anybody who may see the run. */
  readonly approvers: readonly string[];
  readonly allowSelfApproval: boolean;
  /** What happens when the step's time is up. */
  readonly onTimeout: 'reject' | 'resume';
}

export interface ManualDecision {
  readonly decision: 'resume' | 'reject';
  readonly by: string;
  readonly comment?: string;
}
