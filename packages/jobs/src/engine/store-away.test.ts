// A store of artifacts that does not answer for a while: the jobs that it breaks off go on by themselves.
import { text } from 'node:stream/consumers';
import { RidgelineError, type Workspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logArtifactPath } from '../step/step-folder.ts';
import { Lab } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';

let lab: Lab;
/** How often each question is left without an answer before there is one. */
let unanswered: number;
let asked: string[];

beforeEach(async () => {
  lab = await Lab.make();
  asked = [];
});
afterEach(() => lab.dispose());

/** The same workspace, with a store that is away each time that a question is new. */
function withStoreAway(workspace: Workspace): Workspace {
  const artifacts = new Proxy(workspace.artifacts, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const question = JSON.stringify([property, args[0], args[1]]);
        asked.push(question);
        if (asked.filter((other) => other === question).length <= unanswered) {
          throw new RidgelineError('ARTIFACT_STORE_UNREACHABLE', 'no answer from the store');
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { ...workspace, artifacts };
}

const writeAndRead = pipelineOf({
  write: {
    command: 'echo said; echo text > ${{outputs.file}}; echo text > ${{outputs.folder}}/file',
    outputs: { file: { type: 'uri_file' }, folder: { type: 'uri_folder' } },
  },
  read: {
    command: 'cat ${{inputs.file}} ${{inputs.folder}}/file',
    inputs: {
      file: '${{parent.jobs.write.outputs.file}}',
      folder: '${{parent.jobs.write.outputs.folder}}',
    },
  },
});

test('a job goes on once the store answers again, with all that its steps have written', async () => {
  unanswered = 1;
  const open = await lab.open({ wrap: withStoreAway, limits: { resumePauseMs: 20 } });
  const { id } = await open.engine.submit(writeAndRead);
  await until('it has ended', async () => (await open.engine.waitFor(id)).status === 'Completed');
  const job = await open.engine.get(id);
  expect(open.errors).not.toEqual([]);
  expect(await problemsOf(lab, { ...open, errors: [] }, job)).toEqual([]);
  const [write, read] = job.steps.map(({ runId }) => runId ?? '');
  const logOf = async (runId = '') => {
    const { stream } = await open.workspace.artifacts.read(runId, logArtifactPath);
    return text(stream);
  };
  expect(await logOf(write)).toContain('said');
  expect(await logOf(read)).toContain('text\ntext\n');
});

test('a server that is told to end does not wait, and the next one goes on', async () => {
  unanswered = Number.POSITIVE_INFINITY;
  const open = await lab.open({ wrap: withStoreAway });
  const { id } = await open.engine.submit(writeAndRead);
  await until('the store is asked', () => asked.length > 0);
  await lab.close();
  const next = await lab.open();
  const job = await next.engine.waitFor(id);
  expect(job).toMatchObject({ status: 'Completed', steps: [{ attempt: 1 }, {}] });
});
