// One step while it runs: what its commands act on, and what is known of it when it ends.

import { applyCommandLine, type CommandRules } from '../command/apply-command.ts';
import type {
  CommandResult,
  CommandTarget,
  EndpointChange,
  SetVariable,
} from '../command/command-target.ts';
import type { Step } from '../pipeline/step.ts';
import { maskedIssue, placeOf } from './issue-words.ts';
import type { JobScope } from './job-scope.ts';
import { OutputReader } from './output-reader.ts';
import { RunEffects } from './run-effects.ts';
import { setStepVariable } from './set-step-variable.ts';
import { StepLog } from './step-log.ts';
import type { DetailRecord, Issue, StepResult } from './step-record.ts';
import type { StepRecorder } from './step-recorder.ts';
import { mergeResults, resultOfCommand } from './step-result.ts';

export interface StepParts {
  readonly job: JobScope;
  readonly step: Step;
  readonly recorder: StepRecorder;
  /** The task's own variables, which its pre, main and post parts share. */
  readonly state: Map<string, string>;
}

export class StepScope implements CommandTarget {
  readonly parts: StepParts;
  readonly log: StepLog;
  readonly run: RunEffects;
  readonly #rules: CommandRules;
  /** Fires when a command ends the step. */
  readonly #completed = new AbortController();
  #result: StepResult | undefined;

  constructor(parts: StepParts) {
    this.parts = parts;
    const { job, recorder, step } = parts;
    const write = job.settings.host.log.bind(job.settings.host);
    this.log = new StepLog(recorder.record.id, job.masker, write);
    this.run = new RunEffects(job, recorder.record.id, (message) => this.fail(message));
    this.#rules = rulesOf(step);
  }

  /** What commands have made of the step so far. */
  get commandResult(): StepResult | undefined {
    return this.#result;
  }

  get completed(): AbortSignal {
    return this.#completed.signal;
  }

  /** Before another attempt. */
  forgetResult(): void {
    this.#result = undefined;
  }

  /** Reads a stream of one of the step's processes. */
  reader(): OutputReader {
    return new OutputReader(this.log.output(), (line) => this.obey(line));
  }

  /** As if a process had printed it. */
  print(text: string): void {
    for (const line of text.split(/\r?\n/)) if (!this.obey(line)) this.log.print(line);
  }

  obey(line: string): boolean {
    const isCommand = applyCommandLine(line, this, this.#rules);
    if (isCommand) this.debug(`Processed: ${line}`);
    return isCommand;
  }

  setVariable(name: string, value: string, options: SetVariable): boolean {
    return setStepVariable(this.parts, name, value, options);
  }

  setTaskVariable(name: string, value: string): void {
    this.parts.state.set(name, value);
  }

  addSecret(value: string): void {
    this.parts.job.addSecret(value);
  }

  addIssue(issue: Issue): void {
    const { job, recorder } = this.parts;
    recorder.addIssue(maskedIssue(issue, (text) => job.masker.mask(text)));
    this.log.say(issue.type, `${placeOf(issue)}${issue.message}`);
  }

  /** The step fails, whatever its task makes of it. */
  fail(message: string): void {
    this.addIssue({ type: 'error', message });
    this.complete('Failed', '', false);
  }

  debug(text: string): void {
    if (this.parts.job.variables.isTrue('System.Debug')) this.log.say('debug', text);
  }

  complete(result: CommandResult, message: string, now: boolean): void {
    const coming = resultOfCommand[result];
    this.#result = this.#result === undefined ? coming : mergeResults(this.#result, coming);
    if (message !== '') this.setOperation(message);
    if (now) this.#completed.abort();
  }

  setOperation(text: string): void {
    const { job, recorder } = this.parts;
    recorder.changeSoon({ currentOperation: job.masker.mask(text) });
  }

  setProgress(percent: number, operation: string): void {
    this.parts.recorder.changeSoon({ percentComplete: percent });
    if (operation !== '') this.setOperation(operation);
  }

  addDetail(detail: DetailRecord): void {
    const { masker } = this.parts.job;
    const name = detail.name === undefined ? {} : { name: masker.mask(detail.name) };
    this.parts.recorder.addDetail({ ...detail, ...name });
  }

  prependPath(folder: string): void {
    const { prependedPath } = this.parts.job;
    const others = prependedPath.filter((one) => one !== folder);
    prependedPath.splice(0, prependedPath.length, folder, ...others);
  }

  setEndpoint(change: EndpointChange): void {
    const { job } = this.parts;
    if (change.field === 'authParameter') job.addSecret(change.value);
    job.endpointChanges.push(change);
  }
}

function rulesOf({ target }: Step): CommandRules {
  const restricted = target?.commands === 'restricted';
  const settableVariables = target?.settableVariables;
  return settableVariables === undefined ? { restricted } : { restricted, settableVariables };
}
