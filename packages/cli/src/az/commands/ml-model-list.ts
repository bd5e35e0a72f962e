// `az ml model list`: versions of registered models, the newest first.
import type { RidgelineClient } from '@ridgeline/client';
import { versionSearch } from '../../commands/version-search.ts';
import type { AzCommand } from '../az-command.ts';
import { flag, workspaceFlags } from '../grammar/flag.ts';
import { describeModel, describeWholeModel, tagsOf } from '../models/describe-model.ts';

/** More than anybody reads; a longer list is asked for by tag. */
const maxPages = 50;

export const mlModelList: AzCommand = {
  words: ['ml', 'model', 'list'],
  about: 'registered models, the newest first; all of them with -v',
  flags: [
    ...workspaceFlags,
    flag.value('--model-name --name -n'),
    flag.values('--tag'),
    flag.value('--run-id'),
    flag.switch('--latest -l'),
  ],
  async run(call) {
    const { flags } = call;
    const tags = flags.all('tag');
    const pairs = tags.filter((tag) => tag.includes('=')).map(toPair);
    const bare = tags.filter((tag) => !tag.includes('='));
    const { client } = await call.workspace();
    const found = await versionsOf(client, flags.one('model-name'), Object.fromEntries(pairs));
    const runId = flags.one('run-id');
    const wanted = found
      .filter((version) => bare.every((tag) => Object.hasOwn(tagsOf(version), tag)))
      .filter((version) => runId === undefined || version.run_id === runId);
    const shown = flags.has('latest') ? firstOfEach(wanted) : wanted;
    return shown.map(flags.has('verbose') ? describeWholeModel : describeModel);
  },
};

type Versions = NonNullable<
  Awaited<ReturnType<RidgelineClient['models']['searchVersions']>>['model_versions']
>;

async function versionsOf(
  { models }: RidgelineClient,
  name: string | undefined,
  tags: Readonly<Record<string, string>>,
): Promise<Versions> {
  const search = versionSearch(name, tags);
  const found: Versions[number][] = [];
  let page_token: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await models.searchVersions({ ...search, ...(page_token && { page_token }) });
    found.push(...(answer.model_versions ?? []));
    page_token = answer.next_page_token;
    if (!page_token) break;
  }
  return found;
}

function toPair(tag: string): readonly [string, string] {
  const equals = tag.indexOf('=');
  return [tag.slice(0, equals), tag.slice(equals + 1)];
}

function firstOfEach(versions: Versions): Versions {
  const seen = new Set<string>();
  return versions.filter(({ name }) => !seen.has(name) && seen.add(name));
}
