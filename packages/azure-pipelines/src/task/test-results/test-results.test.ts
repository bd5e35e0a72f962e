import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestStep, withStep } from '../testing.fixture.ts';
import { publishTestResults } from './publish-test-results.ts';
import { readTestFile } from './read-test-file.ts';

const jUnit = `<?xml version="1.0"?>
<!DOCTYPE testsuites>
<testsuites><testsuite name="flake8">
  <testcase classname="lint" name="a.py" time="1,000.5"/>
  <testcase name="b.py" time="0.25"><failure message="E501 line too long">at b.py:3</failure></testcase>
  <testcase name="c.py"><skipped message="not now"/></testcase>
  <testsuite name="inner"><testcase name="d.py"><error message="boom"><![CDATA[trace <1>]]></error></testcase></testsuite>
</testsuite></testsuites>`;

describe('test files', () => {
  it('JUnit: nested suites, failures, errors and skips', () => {
    expect(readTestFile(jUnit, 'JUnit')).toEqual([
      { name: 'a.py', suite: 'lint', outcome: 'passed', durationMs: 1_000_500 },
      {
        name: 'b.py',
        suite: 'flake8',
        outcome: 'failed',
        durationMs: 250,
        message: 'E501 line too long',
        stackTrace: 'at b.py:3',
      },
      { name: 'c.py', suite: 'flake8', outcome: 'skipped', durationMs: 0, message: 'not now' },
      {
        name: 'd.py',
        suite: 'inner',
        outcome: 'failed',
        durationMs: 0,
        message: 'boom',
        stackTrace: 'trace <1>',
      },
    ]);
  });

  it('NUnit 2 and 3', () => {
    const three = `<test-run><test-suite><test-case fullname="N.A" classname="N" result="Passed" duration="0.5"/>
      <test-case fullname="N.B" classname="N" result="Failed"><failure><message>no</message><stack-trace>at N.B</stack-trace></failure></test-case>
      <test-case fullname="N.C" result="Inconclusive"/></test-suite></test-run>`;
    expect(readTestFile(three, 'NUnit').map((test) => test.outcome)).toEqual([
      'passed',
      'failed',
      'skipped',
    ]);
    expect(readTestFile(three, 'NUnit')[1]).toMatchObject({ message: 'no', stackTrace: 'at N.B' });
    const two = `<test-results><test-case name="A" result="Success" time="0.1"/><test-case name="B" result="Ignored"/></test-results>`;
    expect(readTestFile(two, 'NUnit')).toMatchObject([
      { name: 'A', outcome: 'passed', durationMs: 100 },
      { name: 'B', outcome: 'skipped' },
    ]);
  });

  it('xUnit', () => {
    const text = `<assemblies><assembly><collection><test name="X.A" type="X" time="0.02" result="Pass"/>
      <test name="X.B" type="X" result="Fail"><failure><message>no</message></failure></test>
      <test name="X.C" type="X" result="Skip"><reason>later</reason></test></collection></assembly></assemblies>`;
    expect(readTestFile(text, 'XUnit')).toMatchObject([
      { name: 'X.A', suite: 'X', outcome: 'passed', durationMs: 20 },
      { outcome: 'failed', message: 'no' },
      { outcome: 'skipped', message: 'later' },
    ]);
  });

  it('VSTest, whose classes stand in definitions', () => {
    const text = `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
      <UnitTestResult testId="1" testName="A" outcome="Passed" duration="00:01:02.5000000"/>
      <UnitTestResult testId="1" testName="B" outcome="Failed"><Output><ErrorInfo><Message>no</Message><StackTrace>at B</StackTrace></ErrorInfo></Output></UnitTestResult>
      <UnitTestResult testName="C" outcome="NotExecuted"/></Results>
      <TestDefinitions><UnitTest id="1"><TestMethod className="My.Tests, My.Assembly"/></UnitTest></TestDefinitions></TestRun>`;
    expect(readTestFile(text, 'VSTest')).toMatchObject([
      { name: 'A', suite: 'My.Tests', outcome: 'passed', durationMs: 62_500 },
      { name: 'B', outcome: 'failed', message: 'no', stackTrace: 'at B' },
      { name: 'C', outcome: 'skipped' },
    ]);
  });

  it('CTest', () => {
    const text = `<Site><Testing><TestList><Test>./a</Test></TestList>
      <Test Status="passed"><Name>a</Name><Path>.</Path><Results><NamedMeasurement name="Execution Time"><Value>0.5</Value></NamedMeasurement></Results></Test>
      <Test Status="failed"><Name>b</Name><Results><NamedMeasurement name="Exit Code"><Value>Failed</Value></NamedMeasurement><Measurement><Value>out</Value></Measurement></Results></Test>
      <Test Status="notrun"><Name>c</Name></Test></Testing></Site>`;
    expect(readTestFile(text, 'CTest')).toMatchObject([
      { name: 'a', outcome: 'passed', durationMs: 500 },
      { name: 'b', outcome: 'failed', message: 'Failed', stackTrace: 'out' },
      { name: 'c', outcome: 'skipped' },
    ]);
  });

  it.each([
    ['', 'no XML'],
    ['<testsuite>', 'no XML'],
    ['<coverage/>', 'root is <coverage>'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><testsuite>&b;</testsuite>', 'no XML'],
    ['<a>'.repeat(300), 'too deep'],
  ])('%j is refused', (text, why) => {
    expect(() => readTestFile(text, 'JUnit')).toThrow(why);
  });
});

async function put(step: TestStep, name: string, text = jUnit): Promise<void> {
  await writeFile(join(step.folders.sources, name), text);
}

describe('PublishTestResults', () => {
  const inputs = { testResultsFormat: 'JUnit', testResultsFiles: '*-testresults.xml' };

  it('publishes a run a file under its title', () =>
    withStep(async (step) => {
      await put(step, 'lint-testresults.xml');
      await put(step, 'unit-testresults.xml');
      const outcome = await step.run(publishTestResults, {
        ...inputs,
        testRunTitle: 'Linting & Unit tests',
      });
      expect(outcome).toEqual({ result: 'succeeded' });
      const titles = step.testRuns.map((run) => run.title);
      expect(titles).toEqual(['Linting & Unit tests_1', 'Linting & Unit tests_2']);
      expect(step.log).toContain('4 tests, 1 passed, 2 failed, 1 skipped');
    }));

  it('merges the files where asked to', () =>
    withStep(async (step) => {
      await put(step, 'lint-testresults.xml');
      await put(step, 'unit-testresults.xml');
      await step.run(publishTestResults, {
        ...inputs,
        mergeTestResults: 'true',
        testRunTitle: 'All',
      });
      expect(step.testRuns).toHaveLength(1);
      expect(step.testRuns[0]).toMatchObject({ title: 'All', cases: { length: 8 } });
    }));

  it('a failed test fails the step only where asked to, and is published either way', () =>
    withStep(async (step) => {
      await put(step, 'unit-testresults.xml');
      const outcome = await step.run(publishTestResults, {
        ...inputs,
        failTaskOnFailedTests: 'true',
      });
      expect(outcome.message).toContain('2 test(s) failed');
      expect(step.testRuns).toHaveLength(1);
    }));

  it('no files are a warning, or a failure where asked for', () =>
    withStep(async (step) => {
      expect((await step.run(publishTestResults, inputs)).result).toBe('succeeded');
      expect(step.log).toContain('##vso[task.logissue type=warning]No test result files matching');
      const strict = await step.run(publishTestResults, {
        ...inputs,
        failTaskOnMissingResultsFile: 'true',
      });
      expect(strict.result).toBe('failed');
    }));

  it('a file that is none is a warning, or a failure where asked for', () =>
    withStep(async (step) => {
      await put(step, 'a-testresults.xml', '<html>');
      await put(step, 'b-testresults.xml');
      expect((await step.run(publishTestResults, inputs)).result).toBe('succeeded');
      expect(step.log).toContain('a-testresults.xml');
      expect(step.testRuns).toHaveLength(1);
      const strict = { ...inputs, failTaskOnFailureToPublishResults: 'true' };
      expect((await step.run(publishTestResults, strict)).message).toContain('1 of 2');
    }));
});
