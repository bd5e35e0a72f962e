// Variables between steps: macros, outputs, secrets. Every script is run by a real bash.

import { describe, expect, it } from 'vitest';
import { script } from './job-run.fixture.ts';
import { run } from './testing.fixture.ts';

describe('a macro', () => {
  it('row 15.7: stays where nothing is known of it, so that bash runs it as a command', async () => {
    const { output, results } = await run([script('echo before $(missing_program_x) after')]);
    expect(output(0).join('\n')).toMatch(/missing_program_x: command not found/);
    expect(output(0)).toContain('before after');
    expect(results).toEqual(['succeeded']);
  });

  it('row 15.8: in a cycle stays as it is written, with a warning', async () => {
    const variables = { a: '$(b)', b: '$(a)' };
    const { output, finished } = await run([script("echo '$(a)' '$(b)'")], { job: { variables } });
    expect(output(0)).toContain('$(b) $(a)');
    const warnings = finished.steps[0]?.issues.map(({ message }) => message);
    expect(warnings).toEqual([
      "Variable 'a' refers to itself and stays as it is written",
      "Variable 'b' refers to itself and stays as it is written",
    ]);
  });

  it('row 15.10: gives the value that an earlier step has set', async () => {
    const { output } = await run(
      [
        script('echo "##vso[task.setvariable variable=x]9"'),
        // A compile-time `${{ variables.x }}` has become its text long before.
        script('echo old "$(x)" "$X"'),
      ],
      { job: { variables: { x: 'old' } } },
    );
    expect(output(1)).toEqual(['old 9 9']);
  });

  it('row 15.11: does not see what its own step sets', async () => {
    const lines = ['echo "##vso[task.setvariable variable=x]new"', 'echo "$(x)" "$X"'];
    const { output } = await run([script(lines)], { job: { variables: { x: 'old' } } });
    expect(output(0)).toEqual(['old old']);
  });

  it('row 14.9: is looked up once, and not again in what has come of it', async () => {
    const variables = { b: 'c', ac: 'never', padded: '  in  ' };
    const { output } = await run([script("echo '$(a$(b))' '[$(padded)]' '$(HOME)'")], {
      job: { variables },
      options: { environment: { ...process.env, HOME: '/home/of/agent' } },
    });
    expect(output(0)).toEqual(['$(ac) [  in  ] /home/of/agent']);
  });

  it('row 14.9: env values are trimmed and expanded, and win over variables', async () => {
    const env = { PLACE: '  $(where)  ', WHERE: 'mine' };
    const { output } = await run([script('echo "[$PLACE] $WHERE"', { env })], {
      job: { variables: { where: 'here' } },
    });
    expect(output(0)).toEqual(['[here] mine']);
  });
});

describe('an output variable', () => {
  it('rows 15.12 and 14.16: has its long name only, and goes to later jobs', async () => {
    const { output, finished } = await run([
      script('echo "##vso[task.setvariable variable=v;isOutput=true]value"', { name: 's' }),
      script("echo '$(v)' '$(s.v)' \"$S_V\""),
    ]);
    expect(output(1)).toEqual(['$(v) value value']);
    expect([...finished.outputs]).toEqual([['s.v', 'value']]);
  });

  it('that is secret stays so', async () => {
    const { output, finished } = await run([
      script('echo "##vso[task.setvariable variable=v;isOutput=true;isSecret=true]h1dden"', {
        name: 's',
      }),
      script('echo "$(s.v)" "[$S_V]"'),
    ]);
    expect(output(1)).toEqual(['*** []']);
    expect([...finished.secretOutputs]).toEqual(['s.v']);
  });
});

describe('a secret', () => {
  const variables = { S: { value: 'p4ssw0rd', secret: true } };

  it('rows 15.28 and 14.10: is in no environment unless it is mapped, and in no log', async () => {
    const { output, log } = await run(
      [
        script('echo "[$S]"'),
        script('echo $(S)'),
        script('echo "$MAPPED" | tr a-z A-Z', { env: { MAPPED: '$(S)' } }),
      ],
      { job: { variables } },
    );
    expect(output(0)).toEqual(['[]']);
    expect(output(1)).toEqual(['***']);
    expect(output(2)).toEqual(['P4SSW0RD']);
    expect(log.join('\n')).not.toContain('p4ssw0rd');
  });

  it('row 15.29: makes secret what takes it in', async () => {
    const { output } = await run(
      [
        script(`echo '##vso[task.setvariable variable=y]$'"(S)-more"`),
        script('echo "$(y)" "[$Y]"'),
      ],
      { job: { variables } },
    );
    expect(output(1)).toEqual(['*** []']);
  });

  it('set by a command is masked from that line on', async () => {
    const lines = ['echo early-bird', 'echo "##vso[task.setsecret]early-bird"', 'echo early-bird'];
    const { output } = await run([script(lines)]);
    expect(output(0)).toEqual(['early-bird', '***']);
  });

  it('is masked in names, conditions and issues too', async () => {
    const { finished } = await run(
      [
        script('echo "##vso[task.logissue type=error]p4ssw0rd is wrong"', {
          displayName: 'log in with $(S)',
        }),
        script('true', { condition: "eq(variables.S, 'other')" }),
      ],
      { job: { variables } },
    );
    expect(JSON.stringify(finished.steps)).not.toContain('p4ssw0rd');
    expect(finished.steps[1]?.displayName).toBe('log in with ***');
    expect(finished.steps[2]?.conditionTrace?.join()).toContain("eq('***', 'other')");
  });
});

describe('a read-only variable', () => {
  it('keeps its value, and a warning says so', async () => {
    const { output, finished, results } = await run(
      [
        script([
          'echo "##vso[task.setvariable variable=fixed]other"',
          'echo "##vso[task.setvariable variable=Agent.OS]other"',
          'echo "##vso[task.setvariable variable=once;isReadOnly=true]1"',
        ]),
        script('echo "##vso[task.setvariable variable=once]2"'),
        script('echo "$(fixed) $(once)"'),
      ],
      { job: { variables: { fixed: { value: 'kept', readonly: true } } } },
    );
    expect(output(2)).toEqual(['kept 1']);
    expect(finished.steps[1]?.warningCount).toBe(2);
    expect(results).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });
});
