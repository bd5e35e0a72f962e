// Publishing artifacts: a file or folder of the job, kept with the run under a name.

import { cp, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';
import { readArtifactIgnore } from './artifact-ignore.ts';
import { checkArtifactName, defaultArtifactName } from './artifact-name.ts';

export const publishPipelineArtifact: AgentTask = {
  name: 'PublishPipelineArtifact',
  ids: ['ecdc45f6-832d-4ad9-b52b-ee49e94659be'],
  versions: [0, 1],
  runsOn: 'agent',
  inputs: [
    input.path('path', { aliases: ['targetPath'], default: '$(Pipeline.Workspace)' }),
    input.text('artifactName', { aliases: ['artifact'] }),
    input.pick('artifactType', ['pipeline', 'filepath'], {
      aliases: ['publishLocation'],
      default: 'pipeline',
    }),
    input.path('fileSharePath', { required: true, visibleWhen: 'artifactType = filepath' }),
    input.flag('parallel', false),
    input.integer('parallelCount'),
    input.lines('properties'),
  ],
  async run(context) {
    const path = await sourceOf(context, 'path');
    const name = checkArtifactName(context.input('artifactName') ?? defaultArtifactName(context));
    if (context.input('artifactType')?.toLowerCase() === 'filepath') {
      return copyTo(path, join(context.pathInput('fileSharePath') ?? '', name));
    }
    await context.host.artifacts.publish(name, path, { excludes: await readArtifactIgnore(path) });
    context.log(`Published ${path} as artifact ${name}`);
    return succeeded;
  },
};

export const publishBuildArtifacts: AgentTask = {
  name: 'PublishBuildArtifacts',
  ids: ['2ff763a7-ce83-4e1f-bc89-0ae63477cebe'],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    input.path('PathtoPublish', { default: '$(Build.ArtifactStagingDirectory)' }),
    input.text('ArtifactName', { default: 'drop' }),
    input.pick('ArtifactType', ['Container', 'FilePath'], {
      aliases: ['publishLocation'],
      default: 'Container',
    }),
    input.path('TargetPath', { required: true, visibleWhen: 'ArtifactType = FilePath' }),
    input.integer('MaxArtifactSize'),
    input.flag('Parallel', false),
    input.integer('ParallelCount'),
    input.text('FileCopyOptions'),
    input.flag('StoreAsTar', false),
  ],
  async run(context) {
    const path = await sourceOf(context, 'PathtoPublish');
    const name = checkArtifactName(context.requiredInput('ArtifactName'));
    if (context.input('ArtifactType')?.toLowerCase() === 'filepath') {
      return copyTo(path, join(context.pathInput('TargetPath') ?? '', name));
    }
    await context.host.artifacts.publish(name, path, { merge: true });
    context.log(`Published ${path} as artifact ${name}`);
    return succeeded;
  },
};

async function sourceOf(context: TaskContext, name: string): Promise<string> {
  context.requiredInput(name);
  const path = context.pathInput(name) ?? '';
  if ((await stat(path).catch(() => undefined)) !== undefined) return path;
  throw new TaskFailure(`'${path}' is not there; did the step that makes it run?`);
}

async function copyTo(path: string, target: string) {
  const isFolder = (await stat(path)).isDirectory();
  const into = isFolder ? target : join(target, basename(path));
  await mkdir(dirname(into), { recursive: true });
  await cp(path, into, { recursive: true });
  return succeeded;
}
