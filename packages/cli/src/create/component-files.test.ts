import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ComponentSource, parseJob } from '@ridgeline/azureml-yaml';
import { RidgelineClient } from '@ridgeline/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseWithComponents } from './component-files.ts';

// Files need no server.
const client = new RidgelineClient({ url: 'http://127.0.0.1:9', token: 'none', retryForMs: 0 });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'component-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(text: string, files: Readonly<Record<string, string>>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  const file = path.join(folder, 'job.yml');
  return parseWithComponents(client, file, (components) =>
    parseJob(text, { fileName: file, components }),
  );
}

const pipelineOf = (component: string) => `type: pipeline\njobs: {a: {component: ${component}}}\n`;
const named = (name: string, component: string) => `name: ${name}\n${pipelineOf(component)}`;
const echo = 'type: command\nname: echo\ncommand: echo\ncode: ./src\n';

describe('component files', () => {
  test('are read as far as they name each other, each once, with where they stand', async () => {
    const { parsed, local } = await read(pipelineOf('./a/one.yml'), {
      'a/one.yml': named('one', '../b/two.yml'),
      'b/two.yml': named('two', './echo.yml'),
      'b/echo.yml': echo,
    });
    expect(parsed.diagnostics).toEqual([]);
    expect(Object.entries(local).map(([key, { codeBase }]) => [key, codeBase])).toEqual([
      ['./a/one.yml', './a'],
      ['./b/two.yml', './b'],
      ['./b/echo.yml', './b'],
    ]);
  });

  test('that are not there, or are no files, are told where they are named', async () => {
    const { parsed } = await read(
      'type: pipeline\njobs:\n  a: {component: ./none.yml}\n  b: {component: ./folder}\n',
      { 'folder/x': '' },
    );
    const places = parsed.diagnostics.map(({ line, code }) => `${line} ${code}`);
    expect(places).toEqual(['3 COMPONENT_NOT_FOUND', '4 COMPONENT_NOT_FOUND']);
  });

  test('that name each other in a circle come to an end', async () => {
    const { parsed } = await read(pipelineOf('./one.yml'), {
      'one.yml': named('one', './two.yml'),
      'two.yml': named('two', './one.yml'),
    });
    expect(parsed.job).toBeNull();
  });

  test('without end are refused', async () => {
    let asked = 0;
    const parse = (_components: ComponentSource) => {
      asked += 1;
      return { missingComponents: [`./${asked}.yml`] };
    };
    const file = path.join(folder, 'job.yml');
    await expect(parseWithComponents(client, file, parse)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringContaining('more than 200 components'),
    });
  });
});
