// A step in normal form: always a task with inputs, whatever shortcut the file wrote.

import type { Origin } from '../text/origin.ts';
import type { Text } from './pipeline.ts';

export interface Step {
  /** Unique in its job, letter case aside: the `name`, or one made from the task's. */
  readonly refName: string;
  /** Whether the file gave the name. */
  readonly hasOwnName?: boolean;
  readonly task: TaskReference;
  /** Keys as written; no two that differ only in letter case. */
  readonly inputs: ReadonlyMap<string, Text>;
  readonly env: ReadonlyMap<string, Text>;
  readonly displayName?: Text;
  readonly condition?: Text;
  readonly continueOnError?: Text;
  /** Default 0: as long as its job. */
  readonly timeoutInMinutes?: Text;
  /** 0 to 10. */
  readonly retryCountOnTaskFailure?: Text;
  readonly target?: StepTarget;
  /** Steps switched off are not in the normal form. */
  readonly enabled: true;
  readonly origin: Origin;
}

export interface TaskReference {
  /** `CmdLine`, `publisher.extension.contribution.Task`, or a GUID. */
  readonly name: string;
  /** `2`, or `2.198.0`. */
  readonly version: string;
}

export interface StepTarget {
  /** `host`, or the alias of a container. */
  readonly container: Text;
  readonly commands: 'any' | 'restricted';
  /** Undefined: all. */
  readonly settableVariables?: readonly string[];
}

/** Checkout has no public name: files write `checkout:`, and expanded ones its id. */
export const checkoutTask: TaskReference = { name: 'Checkout', version: '1' };
export const checkoutTaskId = '6d15af64-176c-496d-b583-fd2ae21d4df4';

export function isCheckout(step: Step): boolean {
  return step.task.name === checkoutTask.name;
}

/** Of artifacts: a deployment with such a step downloads nothing else by itself. */
export function isDownload(task: string): boolean {
  return /^Download(Pipeline|Build)Artifacts?$/i.test(task);
}
