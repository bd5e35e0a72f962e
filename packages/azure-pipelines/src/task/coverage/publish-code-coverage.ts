// PublishCodeCoverageResults: version 1 is told its tool and may bring an HTML report, version 2
// finds the format out and takes several files.

import { stat } from 'node:fs/promises';
import { findFiles } from '../glob/find-files.ts';
import { warn } from '../issues.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { readReport } from '../xml/read-report.ts';
import { addCovered, type CoverageFacts } from './coverage-facts.ts';
import {
  type CoverageFormat,
  type CoverageReport,
  coverageFormats,
  percentOf,
} from './coverage-report.ts';
import { readCoverage } from './read-coverage.ts';

const id = '2a7ebc54-c13e-490e-81a5-d7561ab7cd97';

export const publishCodeCoverageResults1: AgentTask = {
  name: 'PublishCodeCoverageResults',
  ids: [id],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    input.pick('codeCoverageTool', coverageFormats, { default: 'JaCoCo' }),
    input.lines('summaryFileLocation', { required: true }),
    input.path('pathToSources'),
    input.path('reportDirectory'),
    input.lines('additionalCodeCoverageFiles'),
    input.flag('failIfCoverageEmpty', false),
  ],
  run: (context) => publish(context, toolOf(context)),
};

export const publishCodeCoverageResults2: AgentTask = {
  name: 'PublishCodeCoverageResults',
  ids: [id],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    input.lines('summaryFileLocation', { required: true }),
    input.path('pathToSources'),
    input.flag('failIfCoverageEmpty', false),
  ],
  run: (context) => publish(context, undefined),
};

function toolOf(context: TaskContext): CoverageFormat {
  const name = context.requiredInput('codeCoverageTool');
  const tool = coverageFormats.find((one) => one.toLowerCase() === name.toLowerCase());
  if (tool !== undefined) return tool;
  throw new TaskFailure(`'${name}' is no coverage tool; expected ${coverageFormats.join(' or ')}`);
}

async function publish(
  context: TaskContext,
  expected: CoverageFormat | undefined,
): Promise<TaskOutcome> {
  const patterns = context.linesInput('summaryFileLocation');
  const files = await findFiles(context.folders.workingDirectory, patterns);
  const facts: CoverageFacts[] = [];
  for (const file of files) facts.push(await readFacts(file, expected));
  const lines = addCovered(facts.map((one) => one.lines));
  const [first] = facts;
  if (first === undefined || lines.total === 0) return empty(context, patterns, files);
  const report: CoverageReport = {
    format: first.format,
    files,
    lines,
    branches: addCovered(facts.map((one) => one.branches)),
    sources: facts.flatMap((one) => one.sources),
    ...(await reportFolder(context)),
  };
  await context.host.publishCoverage(report);
  context.log(`Published code coverage: ${describe(report)}`);
  return succeeded;
}

async function readFacts(file: string, expected: CoverageFormat | undefined) {
  try {
    return readCoverage(await readReport(file), expected);
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    throw new TaskFailure(`Failed to read the coverage file ${file}: ${error.message}`);
  }
}

/** A file without a single line says as little as no file. */
function empty(
  context: TaskContext,
  patterns: readonly string[],
  files: readonly string[],
): TaskOutcome {
  const what =
    files.length === 0
      ? `no file matches ${patterns.join(', ')}`
      : `no lines in ${files.join(', ')}`;
  const message = `No code coverage results were found to publish: ${what}`;
  if (context.boolInput('failIfCoverageEmpty')) return failed(message);
  warn(context, message);
  return succeeded;
}

async function reportFolder(context: TaskContext): Promise<{ reportFolder?: string }> {
  const folder = context.pathInput('reportDirectory');
  if (folder === undefined) return {};
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return { reportFolder: folder };
  warn(context, `The report directory ${folder} is not there; only the numbers are published`);
  return {};
}

function describe({ lines, branches }: CoverageReport): string {
  const share = (part: typeof lines, what: string) =>
    `${percentOf(part).toFixed(2)} % (${part.covered}/${part.total}) of ${what}`;
  const ofLines = share(lines, 'lines');
  return branches.total === 0 ? ofLines : `${ofLines}, ${share(branches, 'branches')}`;
}
