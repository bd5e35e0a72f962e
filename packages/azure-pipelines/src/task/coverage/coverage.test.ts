import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withStep } from '../testing.fixture.ts';
import {
  publishCodeCoverageResults1,
  publishCodeCoverageResults2,
} from './publish-code-coverage.ts';
import { readCoverage } from './read-coverage.ts';

const cobertura = `<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>
<coverage lines-valid="99" lines-covered="98"><packages><package><classes>
<class name="A" filename="a.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/>
<line number="3" hits="2" branch="true" condition-coverage="50% (1/2)"/></lines></class>
<class name="A.Inner" filename="a.py"><lines><line number="2" hits="4"/></lines></class>
<class name="B" filename="b.py"><lines><line number="1" hits="0"/></lines></class>
</classes></package></packages></coverage>`;

const jaCoCo = `<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
<report name="r"><package name="com/x"><class name="com/x/A"><counter type="LINE" missed="9" covered="9"/></class>
<sourcefile name="A.java"><line nr="1"/><counter type="LINE" missed="1" covered="3"/></sourcefile></package>
<counter type="LINE" missed="1" covered="3"/><counter type="BRANCH" missed="2" covered="2"/></report>`;

describe('coverage files', () => {
  it('Cobertura: a line of two classes of one file counts once', () => {
    expect(readCoverage(cobertura)).toEqual({
      format: 'Cobertura',
      lines: { covered: 3, total: 4 },
      branches: { covered: 1, total: 2 },
      sources: [
        { path: 'a.py', lines: { covered: 3, total: 3 } },
        { path: 'b.py', lines: { covered: 0, total: 1 } },
      ],
    });
  });

  it('Cobertura without lines has the sums of its root', () => {
    const text =
      '<coverage lines-valid="10" lines-covered="4" branches-valid="2" branches-covered="1"/>';
    expect(readCoverage(text)).toMatchObject({
      lines: { covered: 4, total: 10 },
      branches: { covered: 1, total: 2 },
    });
  });

  it('JaCoCo', () => {
    expect(readCoverage(jaCoCo)).toEqual({
      format: 'JaCoCo',
      lines: { covered: 3, total: 4 },
      branches: { covered: 2, total: 4 },
      sources: [{ path: 'com/x/A.java', lines: { covered: 3, total: 4 } }],
    });
  });

  it('another format than asked for is refused', () => {
    expect(() => readCoverage(jaCoCo, 'Cobertura')).toThrow('root is <report>');
    expect(() => readCoverage('<x/>')).toThrow('root is <x>');
  });
});

describe('PublishCodeCoverageResults', () => {
  const inputs = { codeCoverageTool: 'Cobertura', summaryFileLocation: 'coverage.xml' };

  it('publishes the numbers and the folder of the readable report', () =>
    withStep(async (step) => {
      await writeFile(join(step.folders.sources, 'coverage.xml'), cobertura);
      await mkdir(join(step.folders.sources, 'htmlcov'));
      const outcome = await step.run(publishCodeCoverageResults1, {
        ...inputs,
        reportDirectory: 'htmlcov',
        failIfCoverageEmpty: 'true',
      });
      expect(outcome).toEqual({ result: 'succeeded' });
      expect(step.coverage[0]).toMatchObject({
        lines: { covered: 3, total: 4 },
        reportFolder: join(step.folders.sources, 'htmlcov'),
      });
      expect(step.log).toContain('75.00 % (3/4) of lines');
    }));

  it.each([[undefined], ['<coverage/>']])('empty coverage (%s) is a warning, or fails', (text) =>
    withStep(async (step) => {
      if (text !== undefined) await writeFile(join(step.folders.sources, 'coverage.xml'), text);
      expect((await step.run(publishCodeCoverageResults1, inputs)).result).toBe('succeeded');
      expect(step.log).toContain('type=warning]No code coverage results');
      const strict = { ...inputs, failIfCoverageEmpty: 'true' };
      expect((await step.run(publishCodeCoverageResults1, strict)).result).toBe('failed');
      expect(step.coverage).toEqual([]);
    }),
  );

  it('version 2 finds the format out and adds files up', () =>
    withStep(async (step) => {
      await writeFile(join(step.folders.sources, 'a.xml'), cobertura);
      await writeFile(join(step.folders.sources, 'b.xml'), cobertura);
      await step.run(publishCodeCoverageResults2, { summaryFileLocation: '*.xml' });
      expect(step.coverage[0]).toMatchObject({
        format: 'Cobertura',
        lines: { covered: 6, total: 8 },
      });
    }));

  it('a file that is no coverage fails with its name', () =>
    withStep(async (step) => {
      await writeFile(join(step.folders.sources, 'coverage.xml'), 'nothing');
      const { message } = await step.run(publishCodeCoverageResults1, inputs);
      expect(message).toContain('coverage.xml');
    }));
});
