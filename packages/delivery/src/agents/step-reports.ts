// What an agent tells of the steps of one job: their records and the lines of their logs. A report
// that comes twice, to this server or the next, leaves what one leaves: a line has its number in its
// step's log, and the log's file knows how many it has.
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import { asFileName, type StepRecord, stepLogName } from '@ridgeline/azure-pipelines';
import { type BuildSurroundings, folderNameOf } from '../builds/run/build-surroundings.ts';
import { DeliveryError } from '../errors.ts';
import { InTurn } from './in-turn.ts';

export interface StepReport {
  readonly steps: readonly StepRecord[];
  readonly log: readonly LogPart[];
}

/** Lines as a log file holds them, with their times, in the order of the log. */
export interface LogPart {
  readonly step: string;
  /** The number of the first line in the step's log, from 0. */
  readonly from: number;
  readonly lines: readonly string[];
}

export class StepReports {
  readonly #jobId: string;
  readonly #around: BuildSurroundings;
  readonly #folder: string;
  readonly #names = new Map<string, string>();
  /** How many lines the log of a step has. */
  readonly #counts = new Map<string, number>();
  readonly #inTurn = new InTurn();

  constructor(jobId: string, around: BuildSurroundings) {
    this.#jobId = jobId;
    this.#around = around;
    this.#folder = around.folder.jobLogs(folderNameOf(jobId), 1);
    // What an earlier server has heard.
    for (const record of around.journal.recordsOf(jobId)) this.#name(record);
  }

  /** @throws DeliveryError AGENT_REPORT_GAP where lines between are missing */
  take({ steps, log }: StepReport): Promise<void> {
    return this.#inTurn.do(async () => {
      for (const record of steps) this.#note(record);
      for (const part of log) await this.#append(part);
    });
  }

  #note(record: StepRecord): void {
    this.#name(record);
    this.#around.journal.note(this.#jobId, record, null);
  }

  #name({ id, order, displayName }: StepRecord): void {
    if (!this.#names.has(id)) this.#names.set(id, stepLogName(order, displayName));
  }

  async #append({ step, from, lines }: LogPart): Promise<void> {
    const file = path.join(this.#folder, this.#names.get(step) ?? `${asFileName(step)}.log`);
    const count = this.#counts.get(step) ?? (await this.#openLog(step, file));
    if (from > count) throw gap(step, from, count);
    const fresh = lines.slice(count - from);
    if (fresh.length === 0) return;
    // Should the disk be full in the midst of it, the file is counted anew.
    this.#counts.delete(step);
    await appendFile(file, fresh.map((line) => `${line}\n`).join(''));
    this.#counts.set(step, count + fresh.length);
  }

  async #openLog(step: string, file: string): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    const relative = path.relative(this.#around.folder.path, file);
    this.#around.journal.noteFile(this.#jobId, step, relative);
    return countLines(file);
  }
}

/** Of a file that may end in the midst of a line, which is cut off: it comes again. */
async function countLines(file: string): Promise<number> {
  let count = 0;
  let size = 0;
  let wholeSize = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
        count += 1;
        wholeSize = size + at + 1;
      }
      size += chunk.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
  if (wholeSize < size) await truncate(file, wholeSize);
  return count;
}

function gap(step: string, from: number, count: number): DeliveryError {
  const message = `the log of step '${step}' has ${count} lines, so the next is ${count}, not ${from}; send those between first`;
  return new DeliveryError('AGENT_REPORT_GAP', message);
}
