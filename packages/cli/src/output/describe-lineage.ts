// Lineage as people read it: a tree, in which what is not known is said to be unknown.
import type {
  DataLineage,
  LineageBuild,
  LineageGit,
  LineageLoggedModel,
  LineageRun,
  ModelLineage,
} from '@ridgeline/client';

/** Of a list only so many are shown; `--json` has them all. */
const maxShown = 20;

type Branch = readonly [label: string, text: string];

export function describeModelLineage(lineage: ModelLineage): string {
  const { run, loggedModel, git, build, data, datasets, uris } = lineage;
  const { models, loggedModels, upstream } = lineage;
  const used: readonly Branch[] = [
    ...data.map((asset): Branch => ['data', `${asset.name}:${asset.version}`]),
    ...datasets.map(({ name, digest }): Branch => ['dataset', `${name} (digest ${digest})`]),
    ...uris.map((uri): Branch => ['data', uri]),
  ];
  return describeTree('comes from', [
    ['run', run === null ? unknown : describeRun(run)],
    ...(loggedModel === null ? [] : [['model', describeLoggedModel(loggedModel)] as const]),
    ['commit', git === null ? unknown : describeGit(git)],
    ['build', build === null ? unknown : describeBuild(build)],
    ...(used.length === 0 ? [['data', unknown] as const] : used),
    ...models.map((model): Branch => ['model', `${model.name}:${model.version}`]),
    ...loggedModels.map((each): Branch => ['model', describeLoggedModel(each)]),
    ...upstream.map((each): Branch => ['after', describeRun(each)]),
  ]);
}

export function describeDataLineage({ producedBy, models, runs }: DataLineage): string {
  return describeTree('lineage', [
    ...(producedBy === null ? [] : [['made by', describeRun(producedBy)] as const]),
    ...(models.length === 0 ? [['model', 'none was made from it'] as const] : []),
    ...models.map(({ name, version }): Branch => ['model', `${name}:${version}`]),
    ...runs.map((run): Branch => ['used by', describeRun(run)]),
  ]);
}

const unknown = 'unknown';

function describeTree(title: string, branches: readonly Branch[]): string {
  const left = branches.length - maxShown;
  const shown = branches.slice(0, maxShown).map(([label, text]) => `${label.padEnd(8)} ${text}`);
  const lines = left > 0 ? [...shown, `and ${left} more: --json shows them`] : shown;
  const last = lines.length - 1;
  return [title, ...lines.map((line, at) => `${at === last ? '└─' : '├─'} ${line}`)].join('\n');
}

function describeRun({ runId, runName, jobId, step, reusedFrom }: LineageRun): string {
  const name = runName === null ? runId : `${runName} ${runId}`;
  const ofStep = step === null ? '' : `step ${step} of `;
  const place = jobId === null ? '' : `, ${ofStep}job ${jobId}`;
  return `${name}${place}${reusedFrom === null ? '' : `, reused from run ${reusedFrom}`}`;
}

function describeLoggedModel({ modelId, name }: LineageLoggedModel): string {
  return name === null ? modelId : `${name} ${modelId}`;
}

function describeGit({ commit, branch, repository, isDirty }: LineageGit): string {
  const changes = { true: 'with changes that are in no commit', false: 'unchanged' };
  const facts = [
    ...(branch === null ? [] : [branch]),
    ...(repository === null ? [] : [repository]),
    isDirty === null ? 'unknown whether it was changed' : changes[`${isDirty}`],
  ];
  return `${commit} (${facts.join(', ')})`;
}

function describeBuild({ id, uri }: LineageBuild): string {
  return uri === null ? id : `${id} (${uri})`;
}
