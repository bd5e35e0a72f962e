// What is there to read of builds: themselves, their logs, artifacts, final YAML and events.
import { createReadStream } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { filesBelow, type StepRecord } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../errors.ts';
import {
  type Build,
  type BuildArtifact,
  type BuildEvent,
  type BuildSummary,
  hasEnded,
  type LogLines,
} from './build.ts';
import type { BuildFilter } from './build-request.ts';
import type { Outline } from './plan/outline.ts';
import { maxLogLines, readLogLines } from './read-log.ts';
import type { DeliveryPaths } from './run/build-surroundings.ts';
import type { BuildStore } from './store/build-store.ts';
import { describeBuild, describeSummary, timeOf } from './store/describe-build.ts';

const maxListed = 1_000;

export interface EventFilter {
  /** Those behind this one. */
  readonly after?: number;
  readonly build?: string;
  readonly kind?: BuildEvent['kind'];
  readonly limit?: number;
}

export class Builds {
  readonly #store: BuildStore;
  readonly #paths: DeliveryPaths;

  constructor(store: BuildStore, paths: DeliveryPaths) {
    this.#store = store;
    this.#paths = paths;
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async get(id: string): Promise<Build> {
    const row = await this.#store.get(id);
    const buildId = row.build_id;
    const { reader } = this.#store.database;
    const query = reader.selectFrom('build_plans').select('outline');
    const plan = await query.where('build_id', '=', buildId).executeTakeFirst();
    const findings = reader.selectFrom('build_findings').select(['kind', 'details']);
    return describeBuild({
      row,
      outline: JSON.parse(plan?.outline ?? '{"stages":[]}') as Outline,
      state: JSON.parse(await this.#store.snapshot(buildId)).state,
      jobs: await this.#store.jobs(buildId),
      steps: await this.#store.steps(buildId),
      approvals: await this.#store.approvals(buildId),
      findings: await findings.where('build_id', '=', buildId).orderBy('finding_id').execute(),
    });
  }

  /** The newest first. */
  async list(filter: BuildFilter = {}): Promise<readonly BuildSummary[]> {
    const { pipeline, branch, status, result, tag, before, limit = 100 } = filter;
    let query = this.#store.database.reader.selectFrom('builds').selectAll();
    if (pipeline !== undefined)
      query = query.where((eb) =>
        eb(eb.fn('lower', ['pipeline_name']), '=', pipeline.toLowerCase()),
      );
    if (branch !== undefined) query = query.where('branch', 'in', [branch, `refs/heads/${branch}`]);
    if (status !== undefined) query = query.where('status', '=', status);
    if (result !== undefined) query = query.where('result', '=', result);
    if (before !== undefined) query = query.where('build_id', '<', Number(before));
    if (tag !== undefined)
      query = query.where('tags', 'like', `%${JSON.stringify(tag).replaceAll(/[%_]/g, '_')}%`);
    const limited = query.orderBy('build_id', 'desc').limit(Math.min(limit, maxListed));
    return (await limited.execute()).map(describeSummary);
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async finalYaml(id: string): Promise<string> {
    const { build_id: buildId } = await this.#store.get(id);
    return (await this.#store.plan(buildId)).final_yaml;
  }

  /**
   * `from`: the number of the first line that is wanted; from 0. At most 10,000 lines at once.
   * @throws DeliveryError BUILD_NOT_FOUND, BUILD_LOG_NOT_FOUND
   */
  async log(id: string, log: number, from = 0, limit = maxLogLines): Promise<LogLines> {
    const { build_id: buildId } = await this.#store.get(id);
    const { reader } = this.#store.database;
    const query = reader.selectFrom('build_steps').selectAll().where('build_id', '=', buildId);
    const step = await query.where('log', '=', log).executeTakeFirst();
    if (step === undefined) throw noLog(id, log);
    const record = JSON.parse(step.record) as StepRecord;
    const jobs = await this.#store.jobs(buildId);
    const job = jobs.find(({ job_id }) => job_id === step.job_id);
    const isOver = record.state === 'completed' || job?.state === 'completed';
    const file = step.log_file && path.join(this.#paths.build(buildId).path, step.log_file);
    return readLogLines(file, from, Math.min(limit, maxLogLines), isOver);
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async artifacts(id: string): Promise<readonly BuildArtifact[]> {
    const folder = await this.#artifactsOf(id);
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const names = entries.flatMap((entry) =>
      entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : [],
    );
    return Promise.all(names.sort().map((name) => sizeUp(folder, name)));
  }

  /** Paths with `/`, sorted. @throws DeliveryError BUILD_NOT_FOUND, BUILD_ARTIFACT_NOT_FOUND */
  async artifactFiles(id: string, name: string): Promise<readonly string[]> {
    return filesBelow(await this.#artifactOf(id, name));
  }

  /** @throws DeliveryError BUILD_NOT_FOUND, BUILD_ARTIFACT_NOT_FOUND */
  async openArtifactFile(
    id: string,
    name: string,
    file: string,
  ): Promise<{ readonly sizeBytes: number; readonly content: Readable }> {
    const folder = await this.#artifactOf(id, name);
    // Only what is in the list: no path can leave the folder, and links are not followed.
    const isThere = (await filesBelow(folder)).includes(file);
    const whole = path.join(folder, file);
    const found = isThere ? await lstat(whole).catch(() => null) : null;
    if (found?.isFile() !== true) throw noArtifact(id, `${name}/${file}`);
    return { sizeBytes: found.size, content: createReadStream(whole) };
  }

  /** The oldest first. */
  async events(filter: EventFilter = {}): Promise<readonly BuildEvent[]> {
    const { after = 0, build, kind, limit = maxListed } = filter;
    let query = this.#store.database.reader.selectFrom('build_events').selectAll();
    query = query.where('sequence', '>', after);
    if (build !== undefined) query = query.where('build_id', '=', Number(build));
    if (kind !== undefined) query = query.where('kind', '=', kind);
    const rows = await query.orderBy('sequence').limit(Math.min(limit, maxListed)).execute();
    return rows.map(({ sequence, build_id, at, kind: what, details }) => ({
      sequence,
      buildId: String(build_id),
      at: timeOf(at),
      kind: what as BuildEvent['kind'],
      details: JSON.parse(details) as BuildEvent['details'],
    }));
  }

  /** Of the newest event; 0 where there is none. */
  async lastSequence(): Promise<number> {
    const query = this.#store.database.reader.selectFrom('build_events');
    const { last } = await query
      .select(({ fn }) => fn.max('sequence').as('last'))
      .executeTakeFirstOrThrow();
    return Number(last ?? 0);
  }

  /** Waits for nothing: whether it has ended by now. */
  async hasEnded(id: string): Promise<boolean> {
    return hasEnded((await this.#store.get(id)).status as Build['status']);
  }

  async #artifactsOf(id: string): Promise<string> {
    return this.#paths.build((await this.#store.get(id)).build_id).artifacts;
  }

  async #artifactOf(id: string, name: string): Promise<string> {
    const known = await this.artifacts(id);
    if (known.some((artifact) => artifact.name === name))
      return path.join(await this.#artifactsOf(id), name);
    throw noArtifact(id, name);
  }
}

async function sizeUp(folder: string, name: string): Promise<BuildArtifact> {
  const whole = path.join(folder, name);
  const files = await filesBelow(whole);
  const sizes = files.map(async (file) => {
    return (await stat(path.join(whole, file)).catch(() => null))?.size ?? 0;
  });
  const sizeBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return { name, files: files.length, sizeBytes };
}

function noLog(id: string, log: number): DeliveryError {
  const message = `build ${id} has no log ${log}; its steps tell the numbers of theirs`;
  return new DeliveryError('BUILD_LOG_NOT_FOUND', message);
}

function noArtifact(id: string, name: string): DeliveryError {
  const message = `build ${id} has no artifact '${name}'; list them with 'ridgeline build artifacts ${id}'`;
  return new DeliveryError('BUILD_ARTIFACT_NOT_FOUND', message);
}
