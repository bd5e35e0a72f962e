// Logging commands as scripts print them.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { script } from './job-run.fixture.ts';
import { MemoryHost } from './memory-host.fixture.ts';
import { run, temporaryFolder } from './testing.fixture.ts';

describe('a command', () => {
  it('rows 15.26 and 14.19: is obeyed in the middle of a line, and an error logged fails nothing', async () => {
    const { finished, log, results } = await run([
      script('echo "x ##vso[task.logissue type=error]boom"'),
    ]);
    expect(finished.steps[1]?.issues).toEqual([{ type: 'error', message: 'boom' }]);
    expect(results).toEqual(['succeeded']);
    expect(finished.result).toBe('succeeded');
    expect(log).toContain('##[error]boom');
    expect(log.join('\n')).not.toContain('##vso[task.logissue');
  });

  it('row 15.27: unknown in its area fails its step, one of no area warns', async () => {
    const { finished, results } = await run([
      script('echo "##vso[task.foo]x"'),
      script('echo "##vso[foo.bar]x"', { condition: 'always()' }),
    ]);
    expect(results).toEqual(['failed', 'succeeded']);
    expect(finished.steps[1]?.issues[0]?.message).toMatch(/task\.foo.* is no command of its area/);
    expect(finished.steps[2]?.issues[0]).toMatchObject({ type: 'warning' });
  });

  it('row 14.19: has its escapes undone, `%AZP25` last', async () => {
    const { output } = await run([
      script('echo "##vso[task.setvariable variable=v]a%0Ab%AZP250A%3B%5D"'),
      script('printf "%s" "$V"'),
    ]);
    expect(output(1)).toEqual(['a', 'b%0A;]']);
  });

  it('without an end is shown, with a warning', async () => {
    const { output, finished } = await run([script('echo "##vso[task.setvariable variable=v"')]);
    expect(output(0)).toContain('##vso[task.setvariable variable=v');
    expect(finished.steps[1]?.warningCount).toBe(1);
  });

  it('is echoed when System.Debug is set, with its secret masked', async () => {
    const lines = 'echo "##vso[task.setvariable variable=v;issecret=true]hush-hush"';
    const { log } = await run([script(lines)], { job: { variables: { 'System.Debug': 'true' } } });
    expect(log).toContain(
      '##[debug]Processed: ##vso[task.setvariable variable=v;issecret=true]***',
    );
  });

  it('reads flags as true or false only', async () => {
    const { output } = await run([
      script('echo "##vso[task.setvariable variable=v;issecret=1]visible"'),
      script('echo "$V"'),
    ]);
    expect(output(1)).toEqual(['visible']);
  });

  it('cannot make a secret of several lines', async () => {
    const { results, finished } = await run([
      script('echo "##vso[task.setvariable variable=v;issecret=true]first%0Asecond"'),
    ]);
    expect(results).toEqual(['failed']);
    expect(finished.steps[1]?.issues[0]?.message).toMatch(/cannot have several lines/);
  });

  it('with a blank before a property says how to write it', async () => {
    const { finished } = await run([
      script('echo "##vso[task.setvariable variable=v; isoutput=true]x"', { name: 's' }),
    ]);
    expect(finished.outputs.size).toBe(0);
    expect(finished.steps[1]?.issues[0]?.message).toMatch(/ignores ' isoutput'/);
  });
});

describe('task.complete', () => {
  it('is merged with the exit code and earlier results, the worst first', async () => {
    const complete = (result: string) => `echo "##vso[task.complete result=${result}]done"`;
    const { results } = await run([
      script(complete('SucceededWithIssues')),
      script([complete('Succeeded'), 'exit 1'], { condition: 'always()' }),
      script([complete('Failed'), complete('Succeeded')], { condition: 'always()' }),
      script(complete('failed'), { condition: 'always()' }),
    ]);
    // Of the last one the letter case is wrong: the command cannot be obeyed, which fails the step.
    expect(results).toEqual(['succeededWithIssues', 'failed', 'failed', 'failed']);
  });

  it('with done=true ends the step at once', async () => {
    const { results, output } = await run([
      script([
        'echo "##vso[task.complete result=SucceededWithIssues;done=true]"',
        'sleep 600',
        'echo on',
      ]),
    ]);
    expect(results).toEqual(['succeededWithIssues']);
    expect(output(0)).not.toContain('on');
  });
});

describe('the timeline', () => {
  it('shows issues with their place, progress and details', async () => {
    const { finished, log } = await run([
      script([
        'echo "##vso[task.logissue type=warning;sourcepath=a.ts;linenumber=3;columnnumber=9;code=W1]odd"',
        'echo "##vso[task.setprogress value=40]compiling"',
        'echo "##vso[task.logdetail id=7;name=part;type=build;order=1;state=InProgress]"',
        'echo "##vso[task.logdetail id=7;state=Completed;result=Succeeded]"',
      ]),
    ]);
    expect(log).toContain('##[warning]a.ts(3,9): warning W1: odd');
    expect(finished.steps[1]).toMatchObject({
      state: 'completed',
      percentComplete: 40,
      currentOperation: 'compiling',
      details: [{ id: '7', name: 'part', state: 'Completed', result: 'Succeeded' }],
    });
  });

  it('keeps a hundred issues and the count of all', async () => {
    const { finished } = await run([
      script('for i in $(seq 150); do echo "##vso[task.logissue type=warning]w$i"; done'),
    ]);
    expect(finished.steps[1]?.warningCount).toBe(150);
    expect(finished.steps[1]?.issues).toHaveLength(100);
  });
});

describe('what later steps and the run get', () => {
  it('row 15.44: a build number, for later steps and the run', async () => {
    const { output, host } = await run([
      script('echo "##vso[build.updatebuildnumber]1.2"'),
      script('echo "$(Build.BuildNumber)"'),
    ]);
    expect(output(1)).toEqual(['1.2']);
    expect(host.buildNumber).toBe('1.2');
  });

  it('tags, without a colon', async () => {
    const { host, results } = await run([
      script('echo "##vso[build.addbuildtag]good"'),
      script('echo "##vso[build.addbuildtag]a:b"'),
    ]);
    expect(host.tags).toEqual(['good']);
    expect(results).toEqual(['succeeded', 'failed']);
  });

  it('folders at the front of the path, the newest first', async () => {
    const { output } = await run([
      script(['echo "##vso[task.prependpath]/first"', 'echo "##vso[task.prependpath]/second"']),
      script('echo "$PATH"'),
    ]);
    expect(output(1)[0]).toMatch(/^\/second:\/first:/);
  });

  it('summaries with their secrets masked, and artifacts', async () => {
    const { host, results } = await run(
      [
        script([
          'echo "secret: p4ssw0rd" > summary.md; echo "##vso[task.uploadsummary]summary.md"',
          'echo "##vso[artifact.upload containerfolder=drop;artifactname=drop]summary.md"',
          'echo "##vso[task.addattachment type=kind;name=file]summary.md"',
        ]),
      ],
      { job: { variables: { S: { value: 'p4ssw0rd', secret: true } } } },
    );
    expect(results).toEqual(['succeeded']);
    expect(host.attached.map(({ kind, details }) => [kind, details?.name])).toEqual([
      ['summary', 'summary.md'],
      ['attachment', 'file'],
    ]);
    expect(host.published.map(({ name }) => name)).toEqual(['drop']);
  });

  it('a file that is not there fails the step', async () => {
    const { results, finished } = await run([script('echo "##vso[task.uploadfile]/not/there"')]);
    expect(results).toEqual(['failed']);
    expect(finished.steps[1]?.issues[0]?.message).toMatch(/not\/there/);
  });

  it('keeps a masked copy of a summary', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'summary.md'), 'the p4ssw0rd is p4ssw0rd');
    const host = new MemoryHost();
    let kept = '';
    host.attach = async (_kind, file) => {
      kept = await readFile(file, 'utf8');
    };
    await run([script(`echo "##vso[task.uploadsummary]${folder}/summary.md"`)], {
      host,
      job: { variables: { S: { value: 'p4ssw0rd', secret: true } } },
    });
    expect(kept).toBe('the *** is ***');
  });
});

describe('a restricted target', () => {
  const container = { text: 'host', origin: { file: 'a.yml', line: 1, column: 1 } };

  it('obeys harmless commands only', async () => {
    const { host, results, finished } = await run([
      script(['echo "##vso[build.addbuildtag]x"', 'echo "##vso[task.setvariable variable=v]1"'], {
        target: { container, commands: 'restricted' },
      }),
    ]);
    expect(host.tags).toEqual([]);
    expect(results).toEqual(['succeeded']);
    expect(finished.steps[1]?.warningCount).toBe(1);
  });

  it('sets the variables that it may set', async () => {
    const { output } = await run(
      [
        script(
          [
            'echo "##vso[task.setvariable variable=yes]1"',
            'echo "##vso[task.setvariable variable=no]1"',
          ],
          { target: { container, commands: 'any', settableVariables: ['Yes'] } },
        ),
        script('echo "$YES$NO"'),
      ],
      { job: { variables: { yes: '0', no: '0' } } },
    );
    expect(output(1)).toEqual(['10']);
  });
});

describe('lines of a format', () => {
  it('are shown as what they are', async () => {
    const { host } = await run([
      script([
        'echo "##[group]Build"',
        'echo "##[command]make"',
        'echo "##[endgroup]"',
        'echo "##[oops]x"',
      ]),
    ]);
    const shown = host.lines.map(({ kind, text }) => `${kind}:${text}`);
    expect(shown).toEqual(
      expect.arrayContaining(['group:Build', 'command:make', 'endgroup:', 'text:##[oops]x']),
    );
  });
});
