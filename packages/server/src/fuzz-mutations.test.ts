// Bodies that would be accepted, each with one thing in it gone wrong: another type, a huge number,
// a thousand levels, odd Unicode, nothing at all. The answer is a mistake with a code or a success,
// and a mistake leaves nothing behind.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, fuzzRuns, storedContent } from '../test/fuzzing.ts';
import { change, changed, wayDown } from '../test/mutations.ts';
import { TestApp } from '../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
  // Its steps never get a slot: nothing runs in the midst of the test.
  await server.post('/api/v1/computes', { name: 'idle', maxInstances: 0 });
});
afterAll(() => server.close());

const definition = `type: pipeline
inputs: {alpha: 0.5, rows: {type: integer, default: 3, min: 1, max: 9}}
settings: {default_compute: azureml:idle}
jobs:
  a: {command: "echo \${{inputs.alpha}}", inputs: {alpha: "\${{parent.inputs.alpha}}"}, outputs: {o: {type: uri_folder}}}
  b: {command: "cat \${{inputs.i}}/x", inputs: {i: "\${{parent.jobs.a.outputs.o}}"}}
`;
const job = {
  definition,
  fileName: 'job.yml',
  code: {},
  uploads: {},
  inputs: { alpha: 0.25 },
  experimentName: 'fuzz',
  displayName: 'a job',
  tags: { team: 'x' },
  defaultCompute: 'idle',
  properties: { p: 'q' },
  stepTags: { a: { t: 'u' } },
};
const component = 'type: command\nname: c\nversion: 1\ncommand: echo hi\n';
const yearly = { type: 'cron', expression: '0 0 1 1 *', timeZone: 'Europe/Berlin' };
const monthly = {
  type: 'recurrence',
  frequency: 'month',
  interval: 2,
  startTime: '2199-01-01T00:00:00',
  pattern: { hours: [8], minutes: [0, 30], monthDays: [1, 31] },
};
const schedule = { name: 's', start: { job }, inputs: { alpha: 1 }, overlap: 'skip' };

const seeds: ReadonlyArray<readonly [string, string, object]> = [
  ['POST', '/api/v1/jobs', job],
  ['POST', '/api/v1/schedules', { ...schedule, trigger: yearly, catchUp: 'none' }],
  ['PUT', '/api/v1/schedules/s', { start: { job }, trigger: monthly, tags: { a: 'b' } }],
  [
    'PUT',
    '/api/v1/schedules/d',
    {
      start: { job },
      trigger: { type: 'data', path: 'azureml://datastores/workspaceblobstore/paths/x' },
    },
  ],
  [
    'PUT',
    '/api/v1/schedules/m',
    { start: { job }, trigger: { type: 'model', model: 'm', tags: {} } },
  ],
  [
    'PUT',
    '/api/v1/schedules/j',
    { start: { job }, trigger: { type: 'job', experimentName: 'none', status: ['Failed'] } },
  ],
  ['POST', '/api/v1/computes', { name: 'cpu', minInstances: 0, maxInstances: 2, tags: { a: 'b' } }],
  ['POST', '/api/v1/components', { name: 'c', text: component, fileName: 'c.yml', code: {} }],
  [
    'POST',
    '/api/v1/environments',
    { name: 'e', condaFile: { dependencies: ['python=3.11', { pip: ['numpy==2.0.0'] }] } },
  ],
  ['POST', '/api/v1/pipelines', { name: 'p', submission: job, endpoint: 'pe', description: 'd' }],
  ['POST', '/api/v1/gc', { olderThanMs: 5, dryRun: true }],
];

test.each(seeds)(
  '%s %s: what is spoiled is refused whole, or taken',
  async (method, url, seed) => {
    const send = (payload: string) =>
      server.call(method, url, { headers: { 'content-type': 'application/json' }, payload });
    const first = await send(JSON.stringify(seed));
    expect(first.status, first.text).toBeLessThan(300);
    await fc.assert(
      fc.asyncProperty(wayDown, change, async (steps, make) => {
        const sent = changed(seed, steps, make);
        const before = await storedContent(server, { isLiving: true });
        const answer = await send(sent);
        if (answer.status < 400) return;
        expectRefusal(answer, sent);
        expect(await storedContent(server, { isLiving: true }), sent.slice(0, 2_000)).toEqual(
          before,
        );
      }),
      { numRuns: fuzzRuns },
    );
  },
  60_000,
);

test('after all this nothing was logged as a failure', () => {
  expect(server.logLines.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
});
