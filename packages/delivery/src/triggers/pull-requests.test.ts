// Pull requests on a real repository that publishes them as servers do: which heads start builds, of
// which commit, what the builds are told, and what a fork is not given.
import { describe, expect, test } from 'vitest';
import type { BuildTriggers } from './build-triggers.ts';
import { eachInLab } from './test/each-in-lab.ts';
import type { TriggerLab } from './test/trigger-lab.ts';
import { withSteps } from './test/with-steps.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;

eachInLab((opened) => {
  ({ lab, triggers } = opened);
});

const yaml = (text: string) => withSteps(`trigger: none\n${text}`);

async function watch(text = '', changes = {}) {
  await lab.repository.push(yaml(text));
  const pipeline = lab.define('CI', changes);
  await triggers.look();
  return pipeline;
}

/** On a branch of its own. */
async function change(files: Readonly<Record<string, string>>, branch = 'feature/a') {
  const commit = await lab.repository.push(files, { branch });
  await lab.repository.checkout('main');
  return commit;
}

const pulls = () => lab.builds.requests.map(({ trigger }) => trigger?.pullRequest);

describe('a pull request', () => {
  test('builds its merge, and is told whence and where it goes', async () => {
    await watch();
    const head = await change({ a: '1' });
    const merge = await lab.repository.openPull(7, head);
    await triggers.look();
    await triggers.look();
    expect(lab.queued).toEqual([
      { pipeline: 'CI', reason: 'PullRequest', branch: 'refs/pull/7/merge', commit: merge },
    ]);
    expect(pulls()).toEqual([
      {
        number: 7,
        source: 'refs/heads/feature/a',
        sourceCommit: head,
        target: 'refs/heads/main',
        sourceRepository: '',
        isFork: false,
      },
    ]);
  });

  test('that was open before, and one whose target alone has moved on, start nothing', async () => {
    await lab.repository.push(yaml(''));
    const head = await change({ a: '1' });
    await lab.repository.openPull(1, head);
    const other = await change({ b: '1' }, 'feature/b');
    await lab.repository.mergePull(2, other);
    await watch();
    await lab.repository.push({ main: '2' });
    await lab.repository.openPull(1, head);
    await lab.repository.mergePull(2, other);
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await lab.repository.mergePull(2, await change({ b: '2' }, 'feature/b'));
    await triggers.look();
    expect(lab.queued).toMatchObject([{ branch: 'refs/pull/2/merge' }]);
  });

  test('goes by the file in its merge: target branches, paths, and "pr: none"', async () => {
    await watch('pr: { branches: { include: [main] }, paths: { exclude: [docs] } }');
    await change({ version: '1' }, 'releases/1');
    await lab.repository.openPull(1, await change({ 'docs/a': '1' }, 'docs'));
    await lab.repository.openPull(2, await change({ code: '1' }, 'backport'), 'releases/1');
    const none = await change(yaml('pr: none'), 'none');
    await lab.repository.openPull(3, none);
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await lab.repository.openPull(4, await change({ code: '2' }, 'code'));
    await triggers.look();
    expect(lab.queued).toMatchObject([{ branch: 'refs/pull/4/merge' }]);
  });

  test('that is updated ends the build of its older head, and of no other', async () => {
    await watch();
    await lab.repository.openPull(1, await change({ a: '1' }));
    await lab.repository.openPull(2, await change({ b: '1' }, 'feature/b'));
    await triggers.look();
    await lab.repository.openPull(1, await change({ a: '2' }));
    await triggers.look();
    const endedOf = (number: number) =>
      lab.builds.all
        .filter(({ branch }) => branch === `refs/pull/${number}/merge`)
        .map(({ result }) => result);
    expect([endedOf(1), endedOf(2)]).toEqual([['canceled', null], [null]]);
  });

  test('with "autoCancel: false" lets it go on', async () => {
    await watch('pr: { autoCancel: false, branches: { include: ["*"] } }');
    await lab.repository.openPull(1, await change({ a: '1' }));
    await triggers.look();
    await lab.repository.openPull(1, await change({ a: '2' }));
    await triggers.look();
    expect(lab.builds.all.map(({ result }) => result)).toEqual([null, null]);
  });

  test('whose merge is not of its head yet waits for it', async () => {
    await watch();
    const first = await change({ a: '1' });
    const merge = await lab.repository.openPull(1, first);
    const second = await change({ a: '2' });
    await lab.repository.git('update-ref', 'refs/pull/1/head', second);
    await triggers.look();
    expect(lab.queued).toEqual([]);
    expect(await lab.repository.commitOf('refs/pull/1/merge')).toBe(merge);
    await lab.repository.openPull(1, second);
    await triggers.look();
    expect(pulls()).toMatchObject([{ sourceCommit: second }]);
  });

  test('whose file cannot be read is told', async () => {
    const pipeline = await watch();
    await lab.repository.openPull(1, await change(yaml('pr: { branch: [main] }')));
    await triggers.look();
    expect((await triggers.stateOf(pipeline, 1)).events).toMatchObject([
      { kind: 'pullRequest', status: 'Failed', error: { code: 'BUILD_INVALID' } },
    ]);
  });
});

describe('a pull request from a fork', () => {
  test('starts nothing, and says so, unless its pipeline builds forks', async () => {
    const pipeline = await watch();
    await lab.repository.openPull(1, await lab.repository.pushToFork({ a: '1' }));
    await triggers.look();
    expect(lab.queued).toEqual([]);
    expect((await triggers.stateOf(pipeline, 1)).events).toMatchObject([
      { status: 'Failed', error: { code: 'FORK_NOT_BUILT' } },
    ]);
    lab.change(pipeline.id, { buildForks: true });
    await lab.repository.openPull(1, await lab.repository.pushToFork({ a: '2' }));
    await triggers.look();
    expect(pulls()).toMatchObject([{ isFork: true, source: 'refs/pull/1/head' }]);
  });
});

describe('a merge request, of which GitLab publishes the head alone,', () => {
  const publish = (number: number, head: string) =>
    lab.repository.git('update-ref', `refs/merge-requests/${number}/head`, head);

  test('is merged here, into the default branch', async () => {
    await watch();
    const head = await change({ a: '1' });
    const base = await lab.repository.push({ main: '2' });
    await publish(3, head);
    await triggers.look();
    const [build] = lab.queued;
    expect(build).toMatchObject({ reason: 'PullRequest', branch: 'refs/pull/3/merge' });
    const parents = await lab.repository.git('log', '-1', '--format=%P', build?.commit ?? '');
    expect(parents.trim()).toBe(`${base} ${head}`);
    await triggers.look();
    expect(lab.queued).toHaveLength(1);
  });

  test('tells a conflict with its files, and starts nothing when it is merged already', async () => {
    const pipeline = await watch();
    const head = await change({ a: 'theirs' });
    await lab.repository.push({ a: 'ours' });
    await publish(1, head);
    await publish(2, await lab.repository.commitOf('main'));
    await triggers.look();
    expect(lab.queued).toEqual([]);
    expect((await triggers.stateOf(pipeline, 5)).events).toMatchObject([
      {
        status: 'Failed',
        error: { code: 'PULL_REQUEST_CONFLICT', message: expect.stringContaining('change a;') },
      },
    ]);
  });
});
