// What hooks say of pull requests, and git does not: targets, drafts, forks, and the end.
import { describe, expect, test } from 'vitest';
import type { BuildTriggers } from '../build-triggers.ts';
import { eachInLab } from '../test/each-in-lab.ts';
import type { HookSender } from '../test/hook-sender.ts';
import type { TriggerLab } from '../test/trigger-lab.ts';

let lab: TriggerLab;
let triggers: BuildTriggers;
let sender: HookSender;

eachInLab((opened) => {
  ({ lab, triggers, sender } = opened);
});

const github = (changes: object = {}, at = '2026-03-01T10:00:00Z') => ({
  action: 'opened',
  number: 5,
  pull_request: {
    state: 'open',
    draft: false,
    updated_at: at,
    head: { ref: 'feature/a', repo: { full_name: 'ann/ml', clone_url: 'https://x/ann/ml.git' } },
    base: { ref: 'main', repo: { full_name: 'team/ml' } },
    ...changes,
  },
});

describe('what a signed hook says of a pull request', () => {
  async function openPull(files: Readonly<Record<string, string>>) {
    const head = await lab.repository.push(files, { branch: 'feature/a' });
    await lab.repository.checkout('main');
    await lab.repository.openPull(5, head);
    await triggers.look();
  }

  test('makes it one from a fork, and of a draft that is held back until it is none', async () => {
    await sender.define('pr: { drafts: false, branches: { include: ["*"] } }');
    await sender.sendSigned('pull_request', github({ draft: true }));
    await openPull({ a: '1' });
    await triggers.look();
    expect(lab.queued).toEqual([]);
    await sender.sendSigned('pull_request', github({}, '2026-03-01T11:00:00Z'));
    await triggers.look();
    await triggers.look();
    expect(lab.builds.requests.map(({ trigger }) => trigger?.pullRequest)).toMatchObject([
      {
        isFork: true,
        source: 'refs/heads/feature/a',
        sourceRepository: 'https://x/ann/ml.git',
        target: 'refs/heads/main',
      },
    ]);
  });

  test('does not give way to an older one that is sent once more', async () => {
    await sender.define('pr: { drafts: false, branches: { include: ["*"] } }');
    const draft = github({ draft: true });
    expect(await sender.sendSigned('pull_request', draft)).toMatchObject({ accepted: true });
    await sender.sendSigned('pull_request', github({}, '2026-03-01T11:00:00Z'));
    expect(await sender.sendSigned('pull_request', draft)).toEqual({
      accepted: false,
      why: 'what is known of the pull request is newer',
    });
    await openPull({ a: '1' });
    expect(lab.queued).toHaveLength(1);
  });

  test('builds one that goes to another branch now, and none that was closed', async () => {
    await sender.define('pr: { branches: { include: [main, dev] } }');
    await lab.repository.push({ dev: '1' }, { branch: 'dev' });
    await lab.repository.checkout('main');
    await sender.sendSigned('pull_request', github());
    await openPull({ a: '1' });
    const dev = { base: { ref: 'dev', repo: { full_name: 'team/ml' } } };
    await sender.sendSigned('pull_request', github(dev, '2026-03-01T11:00:00Z'));
    await triggers.look();
    const targets = lab.builds.requests.map(({ trigger }) => trigger?.pullRequest?.target);
    expect(targets).toEqual(['refs/heads/main', 'refs/heads/dev']);
    const closed = { ...dev, state: 'closed' };
    await sender.sendSigned('pull_request', github(closed, '2026-03-01T12:00:00Z'));
    await openPull({ a: '2' });
    expect(lab.queued).toHaveLength(2);
  });

  test('has the merge made here where the server publishes none, as Gitea', async () => {
    await sender.define();
    const head = await lab.repository.push({ a: '1' }, { branch: 'feature/a' });
    await lab.repository.checkout('main');
    await lab.repository.git('update-ref', 'refs/pull/5/head', head);
    await triggers.look();
    expect(lab.queued).toEqual([]);
    const base = await lab.repository.push({ b: '1' }, { branch: 'dev' });
    const dev = { base: { ref: 'dev', repo: { full_name: 'team/ml' } } };
    await sender.sendSigned('pull_request', github(dev));
    await triggers.look();
    expect(lab.queued).toMatchObject([{ reason: 'PullRequest', branch: 'refs/pull/5/merge' }]);
    const parents = `${lab.queued[0]?.commit}^@`;
    expect((await lab.repository.git('rev-parse', parents)).trim()).toBe(`${base}\n${head}`);
  });

  test.each([
    [
      'git.pullrequest.created',
      {
        eventType: 'git.pullrequest.created',
        createdDate: '2026-03-01T10:00:00Z',
        resource: {
          pullRequestId: 5,
          status: 'active',
          isDraft: false,
          sourceRefName: 'refs/heads/feature/a',
          targetRefName: 'refs/heads/main',
        },
      },
      false,
    ],
    [
      'merge_request',
      {
        object_kind: 'merge_request',
        object_attributes: {
          iid: 5,
          state: 'opened',
          source_branch: 'feature/a',
          target_branch: 'main',
          source_project_id: 1,
          target_project_id: 2,
          updated_at: '2026-03-01 10:00:00 UTC',
        },
      },
      true,
    ],
  ])('is read of %s', async (_event, payload, isFork) => {
    await sender.define();
    const answer = await sender.send(payload, sender.basic());
    expect(answer).toMatchObject({ accepted: true });
    await openPull({ a: '1' });
    expect(lab.builds.requests[0]?.trigger?.pullRequest).toMatchObject({ isFork, number: 5 });
  });
});
