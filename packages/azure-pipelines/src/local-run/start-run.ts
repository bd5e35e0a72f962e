// From a compiled pipeline to a run: its number, its folder with what a rerun needs, and its way to
// the end.
import type { CompiledPipeline } from '../compile.ts';
import { Orchestrator } from '../orchestrate/orchestrator.ts';
import type { Result } from '../orchestrate/result.ts';
import { factsOf } from './local-facts.ts';
import { LocalRunner } from './local-runner.ts';
import { makeSurroundings, type RunOptions } from './make-surroundings.ts';
import type { PreparedPipeline } from './prepare-local.ts';
import { ownIdentity } from './process-identity.ts';
import type { RunFolder } from './run-folder.ts';
import { RunJournal } from './run-journal.ts';
import { nameRun } from './run-name.ts';
import type { RunRecord, RunRequest } from './run-record.ts';
import { selectPart } from './select-part.ts';
import { writeWhole } from './write-whole.ts';

export interface EndedRun {
  readonly record: RunRecord;
  readonly folder: RunFolder;
  readonly result: Result;
}

/** @throws LocalRunError PART_NOT_FOUND before anything is made */
export async function startRun(
  prepared: PreparedPipeline,
  compiled: Required<CompiledPipeline>,
  options: RunOptions,
): Promise<EndedRun> {
  const { pipeline, notes } = selectPart(compiled.pipeline, prepared.request.selection);
  const { number, folder } = await prepared.store.create();
  const startedAt = new Date();
  const buildNumber = nameRun(pipeline, prepared, startedAt);
  writeWhole(folder.finalYaml, compiled.finalYaml);
  writeWhole(folder.expanded, JSON.stringify(compiled.expanded));
  const record = newRecord(number, buildNumber, prepared.request, startedAt);
  const journal = new RunJournal(prepared.store, record);
  for (const note of notes) options.listener.note(note);
  const facts = await factsOf(pipeline, prepared, record);
  const around = await makeSurroundings({ prepared, pipeline, facts, journal, folder, options });
  const runner = new LocalRunner(new Orchestrator(pipeline, facts), around);
  return { result: await runner.run(options.signal), record: journal.record, folder };
}

function newRecord(
  number: number,
  buildNumber: string,
  request: RunRequest,
  startedAt: Date,
): RunRecord {
  return {
    number,
    buildNumber,
    request,
    attempt: 1,
    state: 'running',
    result: null,
    process: ownIdentity(),
    createdAt: startedAt.toISOString(),
    startedAt: startedAt.toISOString(),
    endedAt: null,
    stages: [],
    jobs: [],
    skipped: [],
    issues: [],
    tags: [],
    tests: [],
    coverage: [],
  };
}
