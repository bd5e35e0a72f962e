// PublishTestResults: finds result files, reads them, hands the runs to the host, and fails where
// its flags say so.

import { basename } from 'node:path';
import { findFiles } from '../glob/find-files.ts';
import { warn } from '../issues.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, TaskFailure, type TaskOutcome } from '../task-outcome.ts';
import { readReport } from '../xml/read-report.ts';
import { readTestFile } from './read-test-file.ts';
import { countTests, type TestFormat, type TestRun, testFormats } from './test-run.ts';

export const publishTestResults: AgentTask = {
  name: 'PublishTestResults',
  ids: ['0b0f01ed-7dde-43ff-9cbb-e48954daf9b1'],
  versions: [1, 2],
  runsOn: 'agent',
  inputs: [
    input.pick('testRunner', testFormats, { aliases: ['testResultsFormat'], default: 'JUnit' }),
    input.lines('testResultsFiles', { default: '**/TEST-*.xml' }),
    input.path('searchFolder', { default: '$(System.DefaultWorkingDirectory)' }),
    input.flag('mergeTestResults', false),
    input.flag('failTaskOnFailedTests', false),
    input.flag('failTaskOnFailureToPublishResults', false),
    input.flag('failTaskOnMissingResultsFile', false),
    input.text('testRunTitle'),
    input.text('platform', { aliases: ['buildPlatform'] }),
    input.text('configuration', { aliases: ['buildConfiguration'] }),
    input.flag('publishRunAttachments', true),
  ],
  run: publish,
};

async function publish(context: TaskContext): Promise<TaskOutcome> {
  const patterns = context.linesInput('testResultsFiles');
  const folder = context.pathInput('searchFolder') ?? context.folders.workingDirectory;
  const files = await findFiles(folder, patterns);
  if (files.length === 0) return noFiles(context, patterns, folder);
  const { runs, unread } = await readRuns(context, files);
  for (const run of runs) await publishRun(context, run);
  if (unread > 0 && context.boolInput('failTaskOnFailureToPublishResults')) {
    return failed(`${unread} of ${files.length} test result files could not be read`);
  }
  const failures = runs.reduce((sum, run) => sum + countTests(run.cases).failed, 0);
  if (failures > 0 && context.boolInput('failTaskOnFailedTests')) {
    return failed(
      `There are one or more test failures detected in result files: ${failures} test(s) failed`,
    );
  }
  return succeeded;
}

function noFiles(context: TaskContext, patterns: readonly string[], folder: string): TaskOutcome {
  const message = `No test result files matching ${patterns.join(', ')} were found in ${folder}.`;
  if (context.boolInput('failTaskOnMissingResultsFile')) return failed(message);
  warn(context, message);
  return succeeded;
}

async function readRuns(context: TaskContext, files: readonly string[]) {
  const runs: TestRun[] = [];
  let unread = 0;
  for (const file of files) {
    try {
      runs.push(await readRun(context, file));
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      unread += 1;
      warn(context, `Failed to read ${file}: ${error.message}`);
    }
  }
  return { runs: nameRuns(context, runs), unread };
}

async function readRun(context: TaskContext, file: string): Promise<TestRun> {
  const format = formatOf(context.requiredInput('testRunner'));
  const cases = readTestFile(await readReport(file), format);
  const platform = context.input('platform');
  const configuration = context.input('configuration');
  return {
    title: basename(file),
    format,
    files: [file],
    cases,
    ...(platform === undefined ? {} : { platform }),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

function formatOf(name: string): TestFormat {
  const format = testFormats.find((one) => one.toLowerCase() === name.toLowerCase());
  if (format !== undefined) return format;
  throw new TaskFailure(
    `'${name}' is no format of test results; expected ${testFormats.join(', ')}`,
  );
}

/** One run a file, numbered under the title; or all as one run. */
function nameRuns(context: TaskContext, runs: readonly TestRun[]): readonly TestRun[] {
  const title = context.input('testRunTitle');
  const [first] = runs;
  if (first !== undefined && context.boolInput('mergeTestResults')) {
    const cases = runs.flatMap((run) => run.cases);
    const files = runs.flatMap((run) => run.files);
    return [{ ...first, title: title ?? `${first.format}_TestResults`, cases, files }];
  }
  if (title === undefined) return runs;
  return runs.map((run, index) => ({
    ...run,
    title: runs.length === 1 ? title : `${title}_${index + 1}`,
  }));
}

async function publishRun(context: TaskContext, run: TestRun): Promise<void> {
  const { total, passed, failed: failures, skipped } = countTests(run.cases);
  await context.host.publishTestRun(run);
  context.log(
    `Published test run '${run.title}': ${total} tests, ${passed} passed, ${failures} failed, ${skipped} skipped`,
  );
}
