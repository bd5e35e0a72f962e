// What a step's command sees of its inputs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf, submissionOf } from '../test/pipelines.ts';
import { runsOf } from '../test/settled.ts';
import { datasetTag } from './lineage.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

const folderOutput = { out: { type: 'uri_folder' } };

/** A file of the output `out` of a step. */
async function outputOf(job: Job, step: string, file: string): Promise<string> {
  expect(job.error).toBeNull();
  const runId = job.steps.find(({ name }) => name === step)?.runId ?? '';
  const output = await open.workspace.artifacts.localPath(runId, 'outputs/out');
  return readFile(path.join(output, file), 'utf8');
}

async function run(submission: Parameters<OpenEngine['engine']['submit']>[0]): Promise<Job> {
  const { id } = await open.engine.submit(submission);
  return open.engine.waitFor(id);
}

const upload = (file: string, content: string) =>
  open.workspace.datastores.default.write(file, Buffer.from(content));

describe('literals', () => {
  const hostile = {
    quotes: `it's "quoted" \\ and 'again'`,
    substitution: '$(touch /tmp/owned) `id` ${HOME} $HOME',
    lines: 'first\nsecond\n\n\tlast; exit 9',
    operators: '; rm -rf . & | > < * ? ~ # ! {a,b}',
    option: '-n',
    empty: '',
    unicode: 'Größe 測定 🧪',
    expression: '${{inputs.quotes}}',
    long: 'x'.repeat(50_000),
    __proto__: 'polluted?',
    constructor: 'Object?',
  };
  const names = Object.keys(hostile);

  test('reach the command as they are, whatever they hold', async () => {
    const command = names.map((name) => `printf %s \${{inputs.${name}}} > \${{outputs.out}}/${name}`);
    const job = await run(
      pipelineOf(
        {
          show: {
            command: command.join('\n'),
            inputs: Object.fromEntries(names.map((name) => [name, `\${{parent.inputs.${name}}}`])),
            outputs: folderOutput,
          },
        },
        { inputs: Object.fromEntries(names.map((name) => [name, { type: 'string', default: '' }])) },
      ),
    );
    expect(await outputOf(job, 'show', 'quotes')).toBe('');
    const submission = submissionOf(JSON.parse((await storedDefinition(job.id)) ?? ''), { inputs: hostile });
    const again = await run(submission);
    for (const [name, value] of Object.entries(hostile)) {
      expect(await outputOf(again, 'show', name)).toBe(value);
    }
    expect(again.inputs).toEqual(hostile);
  });
});
