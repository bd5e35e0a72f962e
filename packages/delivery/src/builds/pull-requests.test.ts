// Builds of pull requests on a real engine: the merge is what is built, what its steps are told, and
// what those of a fork do not get.
import { git } from '@ridgeline/azure-pipelines';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BuildLab } from './test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});
afterEach(() => lab.dispose());

const yaml = `
trigger: none
steps:
- checkout: self
  fetchDepth: 0
- bash: |
    cat ours theirs
    echo "$BUILD_REASON $BUILD_SOURCEBRANCH $SYSTEM_PULLREQUEST_SOURCEBRANCH"
    echo "to $SYSTEM_PULLREQUEST_TARGETBRANCHNAME $SYSTEM_PULLREQUEST_TARGETBRANCH"
    echo "number $SYSTEM_PULLREQUEST_PULLREQUESTID fork \${{ variables['System.PullRequest.IsFork'] }}"
    git log -1 --format=%P
  displayName: say
`;

/** `feature/x` beside a `main` that has gone on. */
async function twoBranches(): Promise<string> {
  const folder = await lab.define(yaml);
  await git(folder, ['checkout', '--quiet', '-b', 'feature/x']);
  await lab.commit(folder, { theirs: 'theirs\n' }, 'theirs');
  await git(folder, ['checkout', '--quiet', 'main']);
  await lab.commit(folder, { ours: 'ours\n' }, 'ours');
  return folder;
}

const commitOf = async (folder: string, ref: string) =>
  (await git(folder, ['rev-parse', ref])).trim();

describe('two branches', () => {
  test('are built as their merge, and keep their number', async () => {
    await lab.open();
    const folder = await twoBranches();
    const pullRequest = { source: 'feature/x', into: 'main' };
    const build = await lab.build({ pullRequest });
    expect(build).toMatchObject({
      result: 'succeeded',
      reason: 'PullRequest',
      branch: 'refs/pull/1/merge',
      commitMessage: "Merge 'feature/x' into 'main'",
    });
    const said = await lab.logOf(build, 'say');
    const parents = [await commitOf(folder, 'main'), await commitOf(folder, 'feature/x')];
    expect(said.slice(-7, -1)).toEqual([
      'ours',
      'theirs',
      'PullRequest refs/pull/1/merge refs/heads/feature/x',
      'to main refs/heads/main',
      'number 1 fork False',
      parents.join(' '),
    ]);
    expect((await lab.build({ pullRequest: { source: 'feature/x' } })).branch).toBe(
      'refs/pull/1/merge',
    );
    await git(folder, ['branch', 'feature/y', 'feature/x']);
    expect((await lab.build({ pullRequest: { source: 'feature/y' } })).branch).toBe(
      'refs/pull/2/merge',
    );
  });

  test.each([
    [{ source: 'feature/x', into: 'feature/x' }, 'BUILD_INVALID', /cannot go into itself/],
    [{ source: 'none' }, 'REPOSITORY_NOT_READ', /no branch 'none'/],
    [{ source: '--output=x' }, 'BUILD_INVALID', /cannot be the name of a branch|no branch/],
    [{}, 'BUILD_INVALID', /by its number, or by its source branch/],
    [{ number: 1, source: 'feature/x' }, 'BUILD_INVALID', /by its number, or/],
    [{ number: 9 }, 'REPOSITORY_NOT_READ', /no merge of pull request 9/],
    [
      { source: 'conflict' },
      'PULL_REQUEST_CONFLICT',
      /'conflict' .* into 'main': both change ours;/,
    ],
  ])('%j are refused as %s', async (pullRequest, code, message) => {
    const { engine } = await lab.open();
    const folder = await twoBranches();
    await git(folder, ['checkout', '--quiet', '-b', 'conflict', 'main~']);
    await lab.commit(folder, { ours: 'other\n' }, 'conflict');
    const queued = engine.queue({ pipeline: 'ci', pullRequest });
    await expect(queued).rejects.toThrow(message);
    await expect(queued).rejects.toMatchObject(
      code === 'BUILD_INVALID' ? { status: 400 } : { code },
    );
  });

  test('leave no room for a branch beside them', async () => {
    const { engine } = await lab.open();
    await twoBranches();
    const pullRequest = { source: 'feature/x' };
    const queued = engine.queue({ pipeline: 'ci', pullRequest, branch: 'main' });
    await expect(queued).rejects.toThrow(/name one of them/);
  });
});

describe('a published pull request', () => {
  const asking = `
variables: [{ group: keys }]
trigger: none
steps:
- { checkout: none }
- bash: echo "[$(own)] [$(KEY)] [$(plain)] [$TOKEN]"
  displayName: say
  env: { TOKEN: $(System.AccessToken) }
- task: AzureCLI@2
  displayName: connect
  inputs: { azureSubscription: azure, scriptType: bash, scriptLocation: inlineScript, inlineScript: echo in }
`;

  /** Its head is of no branch: it comes from a fork. */
  async function openPull(folder: string): Promise<void> {
    await git(folder, ['checkout', '--quiet', '--detach']);
    const head = await lab.commit(folder, { theirs: 'x' }, 'theirs');
    const tree = (await git(folder, ['merge-tree', '--write-tree', 'main', head])).trim();
    const words = ['commit-tree', tree, '-p', 'main', '-p', head, '-m', 'merge'];
    const merge = (await git(folder, words)).trim();
    await git(folder, ['update-ref', 'refs/pull/4/merge', merge]);
    await git(folder, ['checkout', '--quiet', 'main']);
  }

  async function define(): Promise<void> {
    const issueToken = async () => ({ value: 't0ken', revoke: async () => {} });
    const { assets } = await lab.open({ issueToken });
    const KEY = { value: 'group-s3cret', isSecret: true };
    const variables = { KEY, plain: { value: 'seen' } };
    await assets.groups.create({ name: 'keys', pipelines: ['ci'], variables });
    const own = { name: 'own', value: 'definition-s3cret', isSecret: true };
    await openPull(await lab.define(asking, { variables: [own] }));
  }

  test('from a fork gets no secret, no connection and no token, whatever it is called', async () => {
    await define();
    for (const request of [{ pullRequest: { number: 4 } }, { branch: 'refs/pull/4/merge' }]) {
      const build = await lab.build(request);
      expect(build).toMatchObject({ reason: 'PullRequest', result: 'failed' });
      const said = (await lab.logOf(build, 'say')).join('\n');
      expect(said).toContain('[seen]');
      expect(said).not.toMatch(/s3cret|t0ken|\*\*\*/);
      expect((await lab.logOf(build, 'connect')).join('\n')).toContain(
        "service connection 'azure' is not given to builds of forks",
      );
    }
  });

  test('is run again as that of a fork, too', async () => {
    await define();
    const { id } = await lab.build({ pullRequest: { number: 4 } });
    await lab.close();
    const issueToken = async () => ({ value: 't0ken', revoke: async () => {} });
    const { engine } = await lab.open({ issueToken });
    await engine.rerun(id, 'all');
    const build = await engine.waitFor(id);
    expect((await lab.logOf(build, 'say')).join('\n')).not.toMatch(/s3cret|t0ken|\*\*\*/);
  });
});

test('a build is told which schedule and which resource have started it', async () => {
  await lab.open();
  await lab.define(`
appendCommitMessageToRunName: false
steps:
- { checkout: none }
- bash: echo "$BUILD_CRONSCHEDULE_DISPLAYNAME, $RESOURCES_TRIGGERINGALIAS $RESOURCES_TRIGGERINGCATEGORY"
  displayName: say
`);
  const resource = { alias: 'tools', category: 'repository' } as const;
  const trigger = { event: 'e1', scheduleName: 'Nightly', resource };
  const build = await lab.build({ reason: 'Schedule', trigger });
  expect(await lab.logOf(build, 'say')).toContain('Nightly, tools repository');
  expect(build.title).toBe(build.buildNumber);
});

test('of one event there is one build', async () => {
  const { engine } = await lab.open();
  await lab.define('steps: [{ checkout: none }, { bash: echo }]');
  const build = await lab.build({ trigger: { event: 'e1' } });
  expect(build.title).toBe(`${build.buildNumber} • first`);
  expect(await engine.builds.ofEvent('e1')).toMatchObject({ id: build.id });
  await expect(lab.build({ trigger: { event: 'e1' } })).rejects.toThrow(/unique/i);
  expect(await engine.builds.list()).toHaveLength(1);
});
