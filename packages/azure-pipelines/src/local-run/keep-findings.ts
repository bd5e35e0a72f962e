// Tests and coverage of a run as files: `tests/<n>.json`, `coverage/<n>.json` and, beside the
// latter, the readable report.
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type CoverageReport, percentOf } from '../task/coverage/coverage-report.ts';
import { countTests, type TestRun } from '../task/test-results/test-run.ts';
import { copyInto } from './local-artifacts.ts';
import type { RunFolder } from './run-folder.ts';
import type { CoverageSummary, TestSummary } from './run-record.ts';
import { writeWhole } from './write-whole.ts';

export async function keepTestRun(run: TestRun, folder: RunFolder): Promise<TestSummary> {
  const place = await nextPlace(folder.tests);
  writeWhole(`${place}.json`, JSON.stringify(run, null, 2));
  return { title: run.title, ...countTests(run.cases) };
}

export async function keepCoverage(
  report: CoverageReport,
  folder: RunFolder,
): Promise<CoverageSummary> {
  const place = await nextPlace(folder.coverage);
  writeWhole(`${place}.json`, JSON.stringify(report, null, 2));
  const { lines, branches, reportFolder } = report;
  if (reportFolder !== undefined) await copyInto(reportFolder, `${place}-report`, () => false);
  return {
    linePercent: percentOf(lines),
    branchPercent: branches.total === 0 ? null : percentOf(branches),
  };
}

async function nextPlace(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return path.join(folder, String(files.length + 1));
}
