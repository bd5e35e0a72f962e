import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../../test/fixture-model.ts';

const bin = fileURLToPath(new URL('../../bin/ridgeline-parallel-run.mjs', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

interface Settings {
  readonly script: string;
  readonly code: string;
  readonly definition?: Readonly<Record<string, unknown>>;
  readonly input?: string;
  readonly output?: string;
  readonly programArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function run(settings: Settings) {
  await writeFile(join(folder, settings.script), settings.code);
  const definition = {
    entryScript: settings.script,
    appendRowTo: 'out',
    inputData: 'data',
    miniBatchSize: '2',
    miniBatchErrorThreshold: 0,
    errorThreshold: -1,
    workers: 2,
    retrySettings: { maxRetries: 0, timeoutSeconds: 60 },
    ...settings.definition,
  };
  const words = [
    ...['--input', `data=${settings.input ?? 'in.csv'}`],
    ...['--output', `out=${settings.output ?? 'out.csv'}`],
    ...(settings.programArguments ? ['--', ...settings.programArguments] : []),
  ];
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: folder,
    env: { ...process.env, RIDGELINE_STEP_DEFINITION: JSON.stringify(definition), ...settings.env },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, code };
}

const outputOf = (name = 'out.csv') => readFile(join(folder, name), 'utf8');
const writeRows = (count: number) =>
  writeFile(
    join(folder, 'in.csv'),
    `A,B\n${Array.from({ length: count }, (_, row) => `${row},"x, ${row}"\n`).join('')}`,
  );

const doubles = `
let factor;
export async function init() { factor = Number(process.argv[2] ?? 2); }
export async function run(rows) {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  return rows.map((row) => ({ ...row, score: row.A * factor }));
}`;

describe('rows of a table', () => {
  test('come out in order, each once, under one header, whichever worker is first', async () => {
    await writeRows(41);
    const { code, stderr, stdout } = await run({ script: 'score.mjs', code: doubles });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Wrote 41 rows of 21 mini-batches into out.csv\n`);
    const lines = Array.from({ length: 41 }, (_, row) => `${row},"x, ${row}",${row * 2}\n`);
    expect(await outputOf()).toBe(`A,B,score\n${lines.join('')}`);
  });

  test('are cut by size, too', async () => {
    await writeFile(join(folder, 'in.csv'), `A\n${'x'.repeat(700)}\n${'y'.repeat(700)}\nz\n`);
    const code = 'export const run = (rows) => rows.map(() => rows.length);';
    const definition = { miniBatchSize: '1kb' };
    await run({ script: 'score.mjs', code, definition });
    expect(await outputOf()).toBe('2\n2\n1\n');
  });

  test('are those of JSON lines, too', async () => {
    await writeFile(join(folder, 'in.jsonl'), '{"A":1,"B":"x"}\n{"A":2,"B":null}\n{"A":3}\n');
    await run({ script: 'score.mjs', code: doubles, input: 'in.jsonl' });
    expect(await outputOf()).toBe('A,B,score\n1,x,2\n2,,4\n3,,6\n');
  });

  test('none make no output rows', async () => {
    await writeRows(0);
    expect(await run({ script: 'score.mjs', code: doubles })).toMatchObject({ code: 0 });
    expect(await outputOf()).toBe('');
  });

  test('a row that is no row of the table ends the work, with its number', async () => {
    await writeFile(join(folder, 'in.csv'), 'A,B\n1,2\n3\n');
    const { code, stderr } = await run({ script: 'score.mjs', code: doubles });
    expect(code).toBe(1);
    expect(stderr).toContain('row 2 (line 3) of in.csv has 1 field');
    expect(await readdir(folder)).not.toContain('out.csv');
  });
});

test('files of a folder come in the order of their names, as many at once as asked for', async () => {
  await mkdir(join(folder, 'images', 'b'), { recursive: true });
  for (const name of ['c.txt', 'a.txt', 'b/x.txt', '.hidden']) {
    await writeFile(join(folder, 'images', name), name);
  }
  const code = `import { basename } from 'node:path';
    export const run = (files) => files.map((file) => files.length + ' ' + basename(file));`;
  await run({ script: 'list.mjs', code, input: 'images' });
  expect(await outputOf()).toBe('2 a.txt\n2 x.txt\n1 c.txt\n');
});

test('the folder of an MLTable is its one table', async () => {
  await mkdir(join(folder, 'table'));
  await writeFile(join(folder, 'table', 'MLTable'), 'paths: [{file: ./in.csv}]');
  await writeFile(join(folder, 'table', 'in.csv'), 'A\n1\n');
  await run({ script: 'score.mjs', code: doubles, input: 'table' });
  expect(await outputOf()).toBe('A,score\n1,2\n');
  await writeFile(join(folder, 'table', 'more.csv'), 'A\n2\n');
  const { stderr } = await run({ script: 'score.mjs', code: doubles, input: 'table' });
  expect(stderr).toContain("the MLTable 'table' has 2 files beside its description");
});

test("an output that is a folder gets Azure ML's file", async () => {
  await writeRows(1);
  await mkdir(join(folder, 'scores'));
  await run({ script: 'score.mjs', code: doubles, output: 'scores' });
  expect(await outputOf('scores/parallel_run_step.txt')).toBe('A,B,score\n0,"x, 0",0\n');
});

test('the arguments of the program reach the script', async () => {
  await writeRows(1);
  await writeFile(join(folder, 'in.csv'), 'A\n7\n');
  await run({ script: 'score.mjs', code: doubles, programArguments: ['10'] });
  expect(await outputOf()).toBe('A,score\n7,70\n');
});

describe('what fails', () => {
  const failsAt = (what: string) => `
    import { existsSync, writeFileSync } from 'node:fs';
    export const run = (rows) => {
      if (rows.some(({ A }) => A === '3')) { ${what} }
      return rows.map(({ A }) => A);
    };`;

  test('is tried again, in a new process where the old one died', async () => {
    await writeRows(6);
    const once = "if (!existsSync('seen')) { writeFileSync('seen', ''); process.exit(9); }";
    const definition = { retrySettings: { maxRetries: 1, timeoutSeconds: 60 } };
    const { code, stdout } = await run({ script: 's.mjs', code: failsAt(once), definition });
    expect(code).toBe(0);
    expect(stdout).toContain(
      'mini-batch 1 (rows 3 to 4 of in.csv) is tried again (1 of 1): the process of the entry script ended',
    );
    expect(await outputOf()).toBe('0\n1\n2\n3\n4\n5\n');
  });

  test('ends the work with its rows and its trace where no mini-batch may fail', async () => {
    await writeRows(6);
    const { code, stderr } = await run({
      script: 's.mjs',
      code: failsAt("throw new Error('planted')"),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /PARALLEL_ERROR_THRESHOLD_EXCEEDED: 1 mini-batches have failed.*mini-batch 1 \(rows 3 to 4 of in\.csv\): Error: planted\n.*s\.mjs/s,
    );
    expect(await readdir(folder)).not.toContain('out.csv');
  });

  test('tells of no mini-batch that is cut off as the work has ended', async () => {
    await writeRows(40);
    const code = "export const run = () => { throw new Error('planted'); };";
    const { stdout, stderr } = await run({ script: 's.mjs', code });
    expect(stdout.match(/ failed: /g)).toHaveLength(1);
    expect(stderr).toContain('PARALLEL_ERROR_THRESHOLD_EXCEEDED');
  });

  test('ends the work although another worker is not ready yet', async () => {
    await writeRows(4);
    const code = `
      import { existsSync, writeFileSync } from 'node:fs';
      export async function init() {
        if (existsSync('first')) await new Promise((resolve) => setTimeout(resolve, 1e8));
        writeFileSync('first', '');
      }
      export const run = () => { throw new Error('planted'); };`;
    const { code: exitCode, stderr } = await run({ script: 's.mjs', code });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('PARALLEL_ERROR_THRESHOLD_EXCEEDED');
  });

  test('is left out where it may fail, and said', async () => {
    await writeRows(6);
    const definition = { miniBatchErrorThreshold: 1 };
    const code = failsAt("throw new Error('planted')");
    const ended = await run({ script: 's.mjs', code, definition });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(
      '1 of 3 mini-batches failed\n2 of 6 files or rows have no result\n',
    );
    expect(await outputOf()).toBe('0\n1\n4\n5\n');
  });

  test('counts by rows against error_threshold', async () => {
    await writeRows(6);
    const definition = { miniBatchErrorThreshold: -1, errorThreshold: 1 };
    const code = failsAt('return [];');
    const ended = await run({ script: 's.mjs', code, definition });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('2 files or rows have no result, and error_threshold is 1');
  });

  test('a mini-batch that takes too long is stopped', async () => {
    await writeRows(2);
    const definition = { retrySettings: { maxRetries: 0, timeoutSeconds: 1 } };
    const code = 'export const run = () => { for (;;) {} };';
    const ended = await run({ script: 's.mjs', code, definition });
    expect(ended.stderr).toContain('it took longer than 1 seconds (retry_settings.timeout)');
  });

  test('an init that throws ends the work, with its own trace', async () => {
    await writeRows(2);
    const code =
      "export function init() { throw new Error('no model'); } export const run = () => [];";
    const ended = await run({ script: 's.mjs', code });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/SCORING_SCRIPT_INIT_FAILED: .*Error: no model\n.*s\.mjs/s);
  });

  test('other columns than before are refused', async () => {
    await writeRows(4);
    const code = 'export const run = (rows) => rows.map(({ A }) => (A < 2 ? { A } : { B: A }));';
    const ended = await run({ script: 's.mjs', code });
    expect(ended.stderr).toContain(
      "PARALLEL_RESULT_INVALID: the entry script gave back 'B' for rows 3 to 4",
    );
  });

  test.each([
    [
      'an unknown script',
      { definition: { entryScript: 'none.mjs' } },
      /SCORING_SCRIPT_NOT_FOUND: entry script 'none.mjs'/,
    ],
    ['a script without run', { code: 'export const init = () => 1;' }, /has no function 'run'/],
    [
      'a wrong size',
      { definition: { miniBatchSize: 'ten' } },
      /BATCH_ARGUMENT_INVALID: mini_batch_size is 'ten'/,
    ],
    ['a size of zero', { definition: { miniBatchSize: '0' } }, /mini_batch_size is '0'/],
    [
      'no such input',
      { definition: { inputData: 'rows' } },
      /the step has no input 'rows'; it has data/,
    ],
    ['an input that is not there', { input: 'none.csv' }, /the input 'none.csv' is not there/],
    [
      'no workers',
      { definition: { workers: 0 } },
      /workers of the step's definition must be a whole number from 1/,
    ],
    [
      'no Python',
      { definition: { entryScript: 's.py' }, env: { PATH: '/nowhere' } },
      /PARALLEL_LANGUAGE_NOT_INSTALLED/,
    ],
    ['a definition that is no JSON', { env: { RIDGELINE_STEP_DEFINITION: '{' } }, /is no JSON/],
  ])('%s', async (_, more: Partial<Settings>, message) => {
    await writeRows(1);
    await writeFile(join(folder, 's.py'), '');
    const ended = await run({ script: 's.mjs', code: doubles, ...more });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(message);
  });
});

test('what is no argument is refused, with the usage', () => {
  const { status, stderr } = spawnSync(process.execPath, [bin, '--what'], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain("unknown argument '--what'");
  expect(stderr).toContain('Usage: ridgeline-parallel-run');
  expect(spawnSync(process.execPath, [bin, '--help'], { encoding: 'utf8' }).status).toBe(0);
});

const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', '']).status === 0);

describe('an entry script in Python', () => {
  const script = `
import sys
def init():
    global factor
    factor = int(sys.argv[1])
def run(mini_batch):
    print("a mini-batch")
    rows = mini_batch.to_dict("records") if hasattr(mini_batch, "to_dict") else mini_batch
    return [{"A": int(row["A"]), "score": int(row["A"]) * factor} for row in rows]
`;
  const skip = python === undefined;

  test.skipIf(skip)('is run in the same way (needs Python)', async () => {
    await writeRows(5);
    const ended = await run({ script: 's.py', code: script, programArguments: ['3'] });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('a mini-batch\n');
    expect(await outputOf()).toBe('A,score\n0,0\n1,3\n2,6\n3,9\n4,12\n');
  });

  test.skipIf(skip)('fails with its own trace (needs Python)', async () => {
    await writeRows(1);
    const ended = await run({
      script: 's.py',
      code: 'def run(rows):\n    raise ValueError("planted")\n',
    });
    expect(ended.stderr).toMatch(
      /mini-batch 0 \(rows 1 to 1 of in\.csv\): Traceback.*ValueError: planted/s,
    );
  });

  test.skipIf(skip)('that cannot be loaded ends the work (needs Python)', async () => {
    await writeRows(1);
    const ended = await run({ script: 's.py', code: 'import nothing_of_this_name\n' });
    expect(ended.stderr).toMatch(
      /SCORING_SCRIPT_INIT_FAILED.*No module named 'nothing_of_this_name'/s,
    );
  });
});
