// The failed part of a run once more, with what it ran from at first: the expanded pipeline and the
// request kept with it. What has succeeded keeps its result, its outputs and its artifacts.
import { readFile } from 'node:fs/promises';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { Orchestrator } from '../orchestrate/orchestrator.ts';
import { isSuccess } from '../orchestrate/result.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { toPipeline } from '../pipeline/to-pipeline.ts';
import type { MappingNode } from '../text/node.ts';
import { factsOf } from './local-facts.ts';
import { LocalRunError } from './local-run-error.ts';
import { LocalRunner } from './local-runner.ts';
import { makeSurroundings, type RunOptions } from './make-surroundings.ts';
import type { PreparedPipeline } from './prepare-local.ts';
import { ownIdentity } from './process-identity.ts';
import type { RunFolder } from './run-folder.ts';
import { RunJournal } from './run-journal.ts';
import type { RunRecord } from './run-record.ts';
import { selectPart } from './select-part.ts';
import { readSnapshot } from './snapshot-file.ts';
import type { EndedRun } from './start-run.ts';

/** @throws LocalRunError RUN_STILL_GOES, RUN_NOTHING_FAILED, RUN_DAMAGED */
export async function rerunFailed(
  record: RunRecord,
  prepared: PreparedPipeline,
  options: RunOptions,
): Promise<EndedRun> {
  checkRerunnable(record);
  const folder = prepared.store.folderOf(record.number);
  const pipeline = await readPipeline(folder, record);
  const facts = await factsOf(pipeline, prepared, record);
  // What a killed run holds as running is taken as cut off there.
  const snapshot = readState(folder.snapshot, record.number, options.keyFile);
  const orchestrator = Orchestrator.rerun(pipeline, facts, snapshot, 'failed');
  const journal = new RunJournal(prepared.store, nextAttempt(record));
  const around = await makeSurroundings({ prepared, pipeline, facts, journal, folder, options });
  const runner = new LocalRunner(orchestrator, around);
  return { result: await runner.run(options.signal), record: journal.record, folder };
}

function checkRerunnable({ number, state, result, process }: RunRecord): void {
  if (state === 'running')
    throw new LocalRunError(
      'RUN_STILL_GOES',
      `run ${number} is still going (process ${process.pid}); wait for it, or end it with Ctrl-C there`,
    );
  if (state === 'finished' && result !== null && isSuccess(result))
    throw new LocalRunError(
      'RUN_NOTHING_FAILED',
      `nothing of run ${number} has failed; start a new one with 'ridgeline ci run'`,
    );
}

function nextAttempt(record: RunRecord): RunRecord {
  return {
    ...record,
    attempt: record.attempt + 1,
    state: 'running',
    result: null,
    process: ownIdentity(),
    startedAt: new Date().toISOString(),
    endedAt: null,
    skipped: [],
    issues: [],
    tests: [],
    coverage: [],
  };
}

async function readPipeline(folder: RunFolder, { number, request }: RunRecord): Promise<Pipeline> {
  const expanded = (await readJson(folder.expanded, number)) as MappingNode;
  const pipeline = toPipeline(expanded, new DiagnosticSink());
  if (pipeline === undefined) throw damaged(folder.expanded, number);
  return selectPart(pipeline, request.selection).pipeline;
}

function readState(file: string, number: number, keyFile: string): unknown {
  try {
    return readSnapshot(file, keyFile);
  } catch (error) {
    throw error instanceof LocalRunError ? error : damaged(file, number, error);
  }
}

async function readJson(file: string, number: number): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw damaged(file, number, error);
  }
}

function damaged(file: string, number: number, cause?: unknown): LocalRunError {
  return new LocalRunError(
    'RUN_DAMAGED',
    `run ${number} cannot be run again: ${file} is not there, is damaged or was sealed with another key; start a new run with 'ridgeline ci run'`,
    { cause },
  );
}
