// Docker: builds and pushes images with the docker program, under a registry's credentials that
// stay in a folder of the step's own.

import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connectionOf } from '../connection-of.ts';
import { findFiles } from '../glob/find-files.ts';
import { exitFailure, requireProgram, runChecked } from '../program.ts';
import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import { splitArguments } from '../split-arguments.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';
import { pipelineLabels } from './pipeline-labels.ts';

const commands = ['buildAndPush', 'build', 'push', 'login', 'logout', 'start', 'stop'] as const;
const next = 'Install Docker (https://docs.docker.com/get-docker/), or mock this task.';

export const docker: AgentTask = {
  name: 'Docker',
  ids: ['e28912f1-0114-4464-802a-a3a35437fd16'],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    input.connection('containerRegistry'),
    input.text('repository'),
    input.pick('command', commands, { default: 'buildAndPush' }),
    input.path('Dockerfile', { default: '**/Dockerfile' }),
    input.path('buildContext', { default: '**' }),
    input.lines('tags', { default: '$(Build.BuildId)' }),
    input.text('arguments'),
    input.flag('addPipelineData', true),
    input.flag('addBaseImageData', true),
    input.text('container'),
  ],
  async run(context) {
    const session = await openDocker(context);
    try {
      await act(context, session);
      return succeeded;
    } finally {
      await session.close();
    }
  },
};

interface DockerSession {
  readonly program: string;
  /** With a slash behind it; empty for images that stay here or go to the public registry. */
  readonly registry: string;
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

async function openDocker(context: TaskContext): Promise<DockerSession> {
  const program = requireProgram(context, 'docker', next);
  if (context.input('containerRegistry') === undefined) {
    return { program, registry: '', env: {}, close: async () => {} };
  }
  const connection = await connectionOf(context, 'containerRegistry');
  const server = connectionValue(connection, 'registry') ?? connection.url ?? '';
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const isLogin = context.input('command')?.toLowerCase() === 'login';
  // `login` is for the steps after it, so its credentials live as long as the job.
  const folder = isLogin
    ? join(context.folders.temp, 'docker-config')
    : await mkdtemp(join(context.folders.temp, 'docker-'));
  const env = { DOCKER_CONFIG: folder };
  await signIn(context, connection, { program, host, env });
  if (isLogin) context.variables.set('DOCKER_CONFIG', folder);
  const isPublic = host === '' || /(^|\.)docker\.io$/.test(host);
  return {
    program,
    registry: isPublic ? '' : `${host}/`,
    env,
    close: async () => {
      if (!isLogin) await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Registry {
  readonly program: string;
  readonly host: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A connection without credentials is one to a registry that asks for none. */
async function signIn(
  context: TaskContext,
  connection: ServiceConnection,
  { program, host, env }: Registry,
): Promise<void> {
  const user = connectionValue(connection, 'username');
  const password = connectionValue(connection, 'password');
  if (user === undefined || password === undefined) return;
  context.variables.addSecret(password);
  const order = ['login', '--username', user, '--password-stdin', host];
  const how = { env, stdin: password, silent: true, capture: true };
  const result = await context.run(program, order, how);
  if (result.exitCode !== 0) throw exitFailure('docker login', result);
}

async function act(context: TaskContext, session: DockerSession): Promise<void> {
  const { program, env } = session;
  const command = context.input('command')?.toLowerCase() ?? 'buildandpush';
  const extra = splitArguments(context.input('arguments') ?? '');
  if (command === 'login') return;
  if (command === 'logout')
    await rm(join(context.folders.temp, 'docker-config'), { recursive: true, force: true });
  else if (command === 'start' || command === 'stop') {
    await runChecked(context, program, [command, context.requiredInput('container')], { env });
  } else {
    const images = imagesOf(context, session.registry);
    // Both at once take no arguments, as it would not be known whose they are.
    if (command !== 'push') await build(context, session, images, command === 'build' ? extra : []);
    if (command === 'build') return;
    for (const image of images) {
      await runChecked(context, program, ['push', image, ...(command === 'push' ? extra : [])], {
        env,
      });
    }
  }
}

function imagesOf(context: TaskContext, registry: string): readonly string[] {
  const repository = context.input('repository');
  if (repository === undefined) return [];
  const tags = context.linesInput('tags').flatMap((line) => line.split(','));
  return tags.map((tag) =>
    `${registry}${repository}:${tag.trim()}`.replace(/^(.*):/, (name) => name.toLowerCase()),
  );
}

async function build(
  context: TaskContext,
  { program, env }: DockerSession,
  images: readonly string[],
  extra: readonly string[],
): Promise<void> {
  const file = await dockerfileOf(context);
  const folder =
    context.input('buildContext') === '**' ? dirname(file) : context.pathInput('buildContext');
  const labels = context.boolInput('addPipelineData') ? pipelineLabels(context.variables) : [];
  const tags = images.flatMap((image) => ['-t', image]);
  const args = ['build', '-f', file, ...labels, ...tags, ...extra, folder ?? dirname(file)];
  await runChecked(context, program, args, { env });
}

async function dockerfileOf(context: TaskContext): Promise<string> {
  const pattern = context.requiredInput('Dockerfile');
  const [file] = await findFiles(context.folders.workingDirectory, [pattern]);
  if (file !== undefined) return file;
  throw new TaskFailure(
    `'Dockerfile' is '${pattern}', which fits no file in ${context.folders.workingDirectory}`,
  );
}
