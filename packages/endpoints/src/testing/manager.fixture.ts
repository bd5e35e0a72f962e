// A workspace and an endpoint manager on a temporary folder, and short ways to use them in tests.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Transaction } from 'kysely';
import { expect } from 'vitest';
import {
  type Endpoint,
  type EndpointManager,
  type EndpointSpec,
  openEndpointManager,
} from '../index.ts';
import { defaultLimits, type EndpointLimits } from '../limits.ts';
import type { EndpointTables } from '../store/tables.ts';
import { TestWorkspace } from './test-workspace.fixture.ts';

/** Short enough for a test, long enough for a busy machine. */
export const testLimits: Partial<EndpointLimits> = {
  startTimeoutMs: 20_000,
  drainTimeoutMs: 10_000,
  restartDelayMs: 20,
  maxRestarts: 2,
};

export interface Scored {
  readonly status: number;
  readonly deployment: string | undefined;
  readonly text: string;
}

export class TestManager {
  readonly folder: string;
  readonly errors: unknown[] = [];
  readonly #limits: Partial<EndpointLimits>;
  #workspace: TestWorkspace | null = null;
  #manager: EndpointManager | null = null;

  private constructor(folder: string, limits: Partial<EndpointLimits>) {
    this.folder = folder;
    this.#limits = limits;
  }

  static async open(limits: Partial<EndpointLimits> = {}): Promise<TestManager> {
    const folder = await mkdtemp(join(tmpdir(), 'endpoints-'));
    const test = new TestManager(folder, { ...testLimits, ...limits });
    await test.start();
    return test;
  }

  get manager(): EndpointManager {
    if (!this.#manager) throw new Error('the manager of this test is stopped');
    return this.#manager;
  }

  get workspace(): TestWorkspace {
    if (!this.#workspace) throw new Error('the workspace of this test is closed');
    return this.#workspace;
  }

  async start(): Promise<void> {
    this.#workspace = await TestWorkspace.open(this.folder);
    this.#manager = await openEndpointManager(this.#workspace.workspace, {
      ...defaultLimits,
      ...this.#limits,
      publicUrl: () => 'http://localhost:8080',
      onError: (error) => this.errors.push(error),
    });
    await this.#manager.start();
  }

  async stop(): Promise<void> {
    await this.#manager?.stop();
    await this.#workspace?.close();
    this.#manager = null;
    this.#workspace = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Changes the record behind the manager's back, while it is stopped. */
  async editRecord(edit: (tables: Transaction<EndpointTables>) => Promise<unknown>): Promise<void> {
    const workspace = await TestWorkspace.open(this.folder);
    await workspace.workspace.database.write((writer) => edit(writer.withTables<EndpointTables>()));
    await workspace.close();
  }

  /** Puts `script` behind endpoint `name`; resolves when that has worked out or failed. */
  async deploy(name: string, script: string, spec: Partial<EndpointSpec> = {}): Promise<Endpoint> {
    await this.manager.createOrUpdate(name, { ...(await this.specOf(script)), ...spec });
    return this.manager.waitUntilSettled(name);
  }

  async specOf(script: string): Promise<EndpointSpec> {
    const codeId = await this.workspace.storeCode({ 'scoring/score.ts': script });
    return { model: 'weights:1', codeId, scoringScript: 'scoring/score.ts' };
  }

  /** Posts to `/score`, with the primary key unless another is given. */
  async score(name: string, key?: string): Promise<Scored> {
    const used = key ?? (await this.manager.keys(name)).primaryKey;
    return this.request(name, 'POST', '/score', used, '{"data":[[1]]}');
  }

  async request(
    name: string,
    method: string,
    path: string,
    key?: string,
    body?: string,
  ): Promise<Scored> {
    const answer = await this.manager.forward(name, {
      method,
      path,
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: body === undefined ? null : Readable.from([Buffer.from(body)]),
    });
    const deployment = answer.headers['azureml-model-deployment'];
    return {
      status: answer.status,
      deployment: deployment?.toString(),
      text: await text(answer.body),
    };
  }

  /** Process id of the instance that answers now. */
  async pid(name: string): Promise<number> {
    return JSON.parse((await this.score(name)).text).pid;
  }
}

/** Whether a process of this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** As expect.poll, with time enough for processes to come and go on a busy machine. */
export function eventually<T>(value: () => T) {
  return expect.poll(value, { timeout: 20_000 });
}
