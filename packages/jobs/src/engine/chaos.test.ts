// The server and the steps are killed with SIGKILL, 200 times at random, while jobs of all shapes
// run: each ends in the state that it should, and nothing that has come to its end is done again.
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasEnded, type Job, type JobStatus } from '../job/job.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { Chaos } from '../test/chaos.ts';
import { Lab } from '../test/lab.ts';
import { pipelineOf, type StepDefinition } from '../test/pipelines.ts';
import { randomFrom } from '../test/random.ts';
import { problemsOf } from '../test/settled.ts';

const kills = 200;
const seed = Number(process.env.RIDGELINE_CHAOS_SEED ?? Math.floor(Math.random() * 1e9));

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

/** What a test has asked for, and what is to become of it. */
interface Asked {
  readonly shape: string;
  readonly jobId: string;
  readonly ends: readonly JobStatus[];
}

// Killed steps are tried again: all have as many retries as there can be.
const patience = {
  'ridgeline.max_retries': '20',
  'ridgeline.retry_backoff_seconds': '0',
};

/**
 * A step that notes its beginning and its end.
 * @param work goes in between; `$JOB $STEP $ATTEMPT` name the attempt.
 */
function step(
  name: string,
  needs: readonly string[],
  more: object = {},
  work = '',
): StepDefinition {
  const note = (word: string) =>
    lab.control.write('@').replace("'@'", `"${word} $RIDGELINE_JOB_ID/${name}/$RIDGELINE_ATTEMPT"`);
  const reads = needs.map((needed) => `cat \${{inputs.${needed}}}/value >> value`);
  const command = [note('begin'), ...reads, 'sleep 0.15', work, `echo ${name} >> value`];
  const inputs = needs.map((needed) => [needed, `\${{parent.jobs.${needed}.outputs.out}}`]);
  return {
    command: `set -e\n${[...command, `mv value \${{outputs.out}}`, note('end')].join('\n')}`,
    inputs: Object.fromEntries(inputs),
    outputs: { out: { type: 'uri_folder' } },
    properties: patience,
    ...more,
  };
}

type Graph = Readonly<Record<string, readonly string[]>>;

const graphs = {
  linear: { a: [], b: ['a'], c: ['b'] },
  branch: { a: [], b: ['a'], c: ['a'], d: ['b'], e: ['c'] },
  join: { a: [], b: [], c: [], d: ['a', 'b', 'c'] },
  fanOut: { a: [], b: ['a'], c: ['a'], d: ['a'], e: ['a'], f: ['b', 'c', 'd', 'e'] },
} as const satisfies Record<string, Graph>;

/** @param unique made a part of each command, so that no other job's result is taken for it. */
function graphJob(graph: Graph, unique: string, last: string = ''): JobSubmission {
  const names = Object.keys(graph);
  const steps = Object.entries(graph).map(([name, needs]) => {
    const work = name === names.at(-1) ? `${last}\n: ${unique}` : `: ${unique}`;
    return [name, step(name, needs, {}, work)] as const;
  });
  return pipelineOf(Object.fromEntries(steps), { display_name: unique });
}

// Fails of its own accord the first two times; `$0` of the command's shell names its folder.
const flaky = (unique: string) =>
  `count=$(ls ${JSON.stringify(lab.control.folder)} | grep -c '^${unique}-' || true)\n` +
  `touch ${JSON.stringify(lab.control.folder)}/${unique}-$RIDGELINE_ATTEMPT\ntest $count -ge 2`;

/** The shapes, with what is to become of each. */
function submissions(batch: number) {
  const ids = Object.entries(graphs).map(
    ([shape, graph]) => [shape, graphJob(graph, `${shape}${batch}`), ['Completed']] as const,
  );
  const { linear, branch } = graphs;
  return [
    ...ids,
    ['retry', graphJob(linear, `retry${batch}`, flaky(`retry${batch}`)), ['Completed']],
    ['fail', graphJob(branch, `fail${batch}`, 'exit 202'), ['Failed']],
    ['cancel', graphJob(linear, `cancel${batch}`, 'sleep 1'), ['Canceled', 'Completed']],
    ['reuse', graphJob(linear, 'reused'), ['Completed']],
  ] as ReadonlyArray<readonly [string, JobSubmission, readonly JobStatus[]]>;
}

async function submitBatch(chaos: Chaos, batch: number): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const [shape, submission, ends] of submissions(batch)) {
    asked.push({ shape, ends, jobId: await chaos.submit(submission) });
  }
  return asked;
}

/** Lets a batch run to its end under fire. */
async function endure(chaos: Chaos, asked: readonly Asked[], random: () => number): Promise<void> {
  const cancelled = asked.find(({ shape }) => shape === 'cancel');
  let cancelsAfter = Math.floor(random() * 4);
  for (;;) {
    await delay(random() * 200);
    if (chaos.kills < kills && random() < 0.5) await chaos.killStep();
    else if (chaos.kills < kills) {
      await chaos.killServer();
      if (cancelsAfter === 0 && cancelled) await lab.noteCancel(cancelled.jobId, 'by the test');
      cancelsAfter -= 1;
      // Some are killed again while they take up what was left.
      await chaos.startServer();
      if (random() < 0.3) continue;
    }
    const statuses = await chaos.statuses();
    if (asked.every(({ jobId }) => hasEnded(statuses[jobId] ?? 'NotStarted'))) return;
  }
}

/** Attempts that were not killed and have come to their end, though another was begun after them. */
function doneAgain(journal: readonly string[], killed: ReadonlySet<string>): readonly string[] {
  const attempts = (word: string) =>
    journal.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const begun = attempts('begin');
  return attempts('end').filter((ended) => {
    const place = ended.slice(0, ended.lastIndexOf('/') + 1);
    const number = Number(ended.slice(place.length));
    const later = begun.filter(
      (b) => b.startsWith(place) && Number(b.slice(place.length)) > number,
    );
    return later.length > 0 && !killed.has(ended);
  });
}

function wrongSteps(job: Job, { shape }: Asked): readonly string[] {
  if (shape === 'fail') {
    const expected = { e: 'Failed' } as Readonly<Record<string, string>>;
    return job.steps.flatMap(({ name, status }) =>
      status === (expected[name] ?? status) && hasEnded(status) ? [] : [`${name} is ${status}`],
    );
  }
  if (job.status !== 'Completed') return [];
  return job.steps.flatMap(({ name, status }) =>
    status === 'Completed' ? [] : [`${name} is ${status}`],
  );
}

test(`survives ${kills} kills (RIDGELINE_CHAOS_SEED=${seed})`, { timeout: 600_000 }, async () => {
  const random = randomFrom(seed);
  const chaos = new Chaos(lab, random);
  const all: Asked[] = [];
  for (let batch = 0; chaos.kills < kills; batch += 1) {
    const asked = await submitBatch(chaos, batch);
    all.push(...asked);
    await endure(chaos, asked, random);
  }
  await chaos.killServer();
  const open = await lab.open();
  for (const asked of all) {
    const job = await open.engine.get(asked.jobId);
    const what = `${asked.shape} ${job.displayName}, seed ${seed}`;
    expect(asked.ends, `${what}: ${JSON.stringify(job, null, 1)}`).toContain(job.status);
    expect(wrongSteps(job, asked), what).toEqual([]);
    expect(await problemsOf(lab, open, job), what).toEqual([]);
  }
  expect(doneAgain(await lab.control.journal(), chaos.killed)).toEqual([]);
  const reused = all.filter(({ shape }) => shape === 'reuse').slice(1);
  for (const { jobId } of reused) {
    const { steps } = await open.engine.get(jobId);
    expect(steps.every(({ reusedFrom }) => reusedFrom !== null)).toBe(true);
  }
});
