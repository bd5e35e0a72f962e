// A run as people know it from the logs of Azure Pipelines: sections, groups and commands by their
// marks and colours, a step that is skipped with the way its condition was evaluated. Lines of jobs
// that go at once carry their job's name.
import type { JobRun, LocalRunListener, LogLine, Result } from '@ridgeline/azure-pipelines';
import { style } from '../output/style.ts';
import { jobName, stageName, stageWords } from './node-names.ts';
import { colourResult, resultWords } from './result-words.ts';

export interface RunPrinterOptions {
  /** Takes whole lines, without their ends. */
  readonly write: (line: string) => void;
}

const colours: Readonly<Record<LogLine['kind'], (text: string) => string>> = {
  text: (text) => text,
  group: style.bold,
  endgroup: style.dim,
  section: style.green,
  command: style.cyan,
  debug: style.magenta,
  warning: style.yellow,
  error: style.red,
};

export class RunPrinter implements LocalRunListener {
  readonly #write: (line: string) => void;
  readonly #running = new Set<string>();
  /** From the first moment on at which two jobs go at once. */
  #namesJobs = false;
  /** Of its lines `##[group]` stands at the start, and those inside are moved in. */
  readonly #inGroup = new Set<string>();

  constructor({ write }: RunPrinterOptions) {
    this.#write = write;
  }

  jobStarted(job: JobRun): void {
    this.#running.add(job.id);
    if (this.#running.size > 1) this.#namesJobs = true;
    this.#print(job, style.bold(`##[section]Starting job: ${job.displayName}${again(job)}`));
  }

  line(job: JobRun, { kind, text, step }: LogLine): void {
    const mark = kind === 'text' ? '' : `##[${kind}]`;
    const place = `${job.id} ${step}`;
    if (kind === 'group' || kind === 'endgroup') this.#inGroup.delete(place);
    const indent = this.#inGroup.has(place) ? '  ' : '';
    if (kind === 'group') this.#inGroup.add(place);
    this.#print(job, indent + colours[kind](`${mark}${printable(text)}`));
  }

  step(): void {}

  jobEnded(job: JobRun, result: Result): void {
    this.#running.delete(job.id);
    this.#print(job, `##[section]Finishing job: ${job.displayName} (${colourResult(result)})`);
  }

  skipped(
    { stage, job }: { stage: string; job?: string | undefined },
    result: Result,
    trace: readonly string[],
  ): void {
    const what = job === undefined ? stageWords(stage) : `job ${job}`;
    this.#write(style.dim(`##[section]${capital(resultWords[result])}: ${what}`));
    for (const line of trace) this.#write(style.dim(`  ${printable(line)}`));
  }

  stageEnded(stage: string, result: Result): void {
    if (stageName(stage) === '') return;
    this.#write(`##[section]Stage ${stage}: ${colourResult(result)}`);
  }

  note(text: string): void {
    this.#write(style.dim(`# ${text}`));
  }

  #print(job: JobRun, text: string): void {
    this.#write(this.#namesJobs ? `${style.dim(`${jobName(job.identifier)} |`)} ${text}` : text);
  }
}

/** Steps may colour what they print; what else moves a terminal's cursor stays out. */
export function printable(text: string): string {
  return text.replaceAll(controls, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const controls = /\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;

function again({ attempt }: JobRun): string {
  return attempt > 1 ? ` (attempt ${attempt})` : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
