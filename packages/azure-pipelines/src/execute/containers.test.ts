// Jobs in containers. Where the tests run there is no engine: a program called `docker` stands for
// one, which notes its arguments and runs on this machine what is to be run in a container.

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContainerRun } from '../orchestrate/job-run.ts';
import { script, text } from './job-run.fixture.ts';
import { MemoryHost } from './memory-host.fixture.ts';
import { run, temporaryFolder } from './testing.fixture.ts';

function container(image: string, fields: Partial<ContainerRun['container']> = {}): ContainerRun {
  const origin = { file: 'a.yml', line: 1, column: 1 };
  return {
    image,
    container: {
      image: text(image),
      env: new Map(),
      ports: [],
      volumes: [],
      mountReadOnly: [],
      localImage: false,
      origin,
      ...fields,
    },
  };
}

const standIn = `#!/bin/bash
printf '%s\\n' "$*" | tr '\\n' ' ' >> "$(dirname "$0")/calls"; echo >> "$(dirname "$0")/calls"
case "$1" in
  exec)
    shift
    while true; do
      case "$1" in
        --interactive) shift ;;
        --workdir) cd "$2"; shift 2 ;;
        --env) shift 2 ;;
        *) break ;;
      esac
    done
    shift
    exec setsid --wait "$@" ;;
  inspect) echo healthy ;;
  port) echo '5432/tcp -> 0.0.0.0:49153' ;;
esac
`;

async function engine() {
  const folder = path.join(await temporaryFolder(), 'bin');
  await mkdir(folder);
  await writeFile(path.join(folder, 'docker'), standIn);
  await chmod(path.join(folder, 'docker'), 0o755);
  const environment = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const calls = async () => (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
  return { options: { environment }, calls };
}

const noEngine = { environment: { PATH: '/bin:/usr/bin', DOCKER_HOST: 'unix:///not/there' } };

describe('without an engine', () => {
  it('the steps run on this machine, and a warning says so', async () => {
    const { output, finished } = await run([script('echo here')], {
      job: { container: container('node:24'), services: new Map([['db', container('postgres')]]) },
      options: noEngine,
    });
    expect(output(0)).toEqual(['here']);
    expect(finished.steps[0]?.issues.map(({ message }) => message)).toEqual([
      'Neither docker nor podman runs here: the steps run on this machine, not in node:24',
      "Neither docker nor podman runs here: the service 'db' (postgres) is not started",
    ]);
  });
});

describe('with an engine', () => {
  it('steps run in the job container, with variables whose values are no arguments', async () => {
    const { options, calls } = await engine();
    const { output, finished } = await run(
      [script('echo "in $GREETING"'), script('echo out', { target: targetHost })],
      {
        job: { container: container('node:24'), variables: { greeting: 'hello' } },
        options,
      },
    );
    expect(output(0)).toEqual(['in hello']);
    expect(output(1)).toEqual(['out']);
    expect(finished.result).toBe('succeeded');
    const all = await calls();
    const verbs = all.map((call) => call.split(' ').slice(0, 1).join());
    expect(verbs).toEqual(['info', 'network', 'pull', 'create', 'start', 'exec', 'rm', 'network']);
    expect(all.join('\n')).not.toContain('hello');
    expect(all[5]).toContain('--env GREETING');
  });

  it('a step runs in the container that it asks for', async () => {
    const { options, calls } = await engine();
    const target = { container: text('Tools'), commands: 'any' } as const;
    const missing = { container: text('other'), commands: 'any' } as const;
    const tools = container('tools:1', { alias: 'tools' });
    const { output, finished } = await run(
      [script('echo in tools', { target }), script('echo here', { target: missing })],
      { job: { stepContainers: new Map([['tools', tools]]) }, options },
    );
    expect(output(0)).toEqual(['in tools']);
    const executed = (await calls()).filter((call) => call.startsWith('exec'));
    expect(executed).toHaveLength(1);
    expect(executed[0]).toMatch(/_tools sh -c/);
    expect(finished.steps[2]?.issues[0]?.message).toMatch(/'other' does not run/);
  });

  it('services are started first, and their ports are variables', async () => {
    const { options, calls } = await engine();
    const db = container('postgres', {
      ports: [text('5432')],
      env: new Map([['A', text('$(a)')]]),
    });
    const { output } = await run([script('echo "$(agent.services.db.ports.5432)"')], {
      job: { services: new Map([['db', db]]), variables: { a: 'b' } },
      options,
    });
    expect(output(0)).toEqual(['49153']);
    const created = (await calls()).find((call) => call.startsWith('create'));
    expect(created).toMatch(/--env A=b --publish 5432 --network-alias db postgres/);
  });

  it('a cancel reaches the process within the container', async () => {
    const { options, calls } = await engine();
    const host = new MemoryHost();
    host.onLine = ({ text: line }) => line === 'ready' && host.cancel();
    const { results } = await run([script(['echo ready', 'sleep 600'])], {
      job: { container: container('node:24') },
      host,
      options,
    });
    expect(results).toEqual(['canceled']);
    expect((await calls()).some((call) => call.includes('kill -s INT'))).toBe(true);
  });

  it('an image that cannot be had keeps the job from starting', async () => {
    const { options } = await engine();
    const folder = options.environment.PATH.split(':')[0] ?? '';
    await writeFile(
      path.join(folder, 'docker'),
      '#!/bin/bash\n[ "$1" = pull ] && { echo no such image >&2; exit 1; }; exit 0\n',
    );
    const { finished, results } = await run([script('echo never')], {
      job: { container: container('nothing') },
      options,
    });
    expect(results).toEqual([]);
    expect(finished.result).toBe('failed');
    expect(finished.steps[0]?.issues[0]?.message).toMatch(/pull nothing.*no such image/);
  });
});

const targetHost = { container: text('host'), commands: 'any' } as const;
