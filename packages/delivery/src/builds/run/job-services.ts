// What the steps of one job may ask of the build's server, wherever they run: artifacts, credentials,
// and places for what they found. Where its logs and sources come and go is its host's matter.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  type AttachmentDetails,
  type AttachmentKind,
  asFileName,
  type CoverageReport,
  cleanRunName,
  copyInto,
  type JobRun,
  keepCoverage,
  keepTestRun,
  LocalArtifacts,
  TaskFailure,
  type TestRun,
} from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import { type BuildSurroundings, folderNameOf } from './build-surroundings.ts';
import { findArtifacts } from './find-artifacts.ts';
import { addTag, inTurn } from './note-findings.ts';

export class JobServices {
  readonly artifacts: LocalArtifacts;
  protected readonly job: JobRun;
  protected readonly around: BuildSurroundings;
  #attached = 0;

  constructor(job: JobRun, around: BuildSurroundings) {
    this.job = job;
    this.around = around;
    const find = (run: Parameters<typeof findArtifacts>[0]) => findArtifacts(run, around);
    this.artifacts = new LocalArtifacts(around.folder.artifacts, find);
  }

  repositoryName(repository: string): string | undefined {
    const { repositories } = this.around.kept;
    return Object.hasOwn(repositories, repository) ? repositories[repository]?.name : undefined;
  }

  async serviceConnection(name: string) {
    const { assets, build } = this.around;
    return assets.serviceConnection(name, build.pipeline_name).catch(asFailure);
  }

  async secureFile(name: string): Promise<Uint8Array | undefined> {
    const { assets, build } = this.around;
    return assets.secureFile(name, build.pipeline_name).catch(asFailure);
  }

  /** A vault is a variable group of its name; without one, the task asks the vault itself. */
  async vaultSecrets(vault: string): Promise<ReadonlyMap<string, string> | undefined> {
    const { assets, build } = this.around;
    const groups = await assets.variableGroups([vault], build.pipeline_name).catch(noneOrThrow);
    const [group] = groups?.values() ?? [];
    return group && new Map([...group].map(([name, { value }]) => [name, value]));
  }

  async publishTestRun(run: TestRun): Promise<void> {
    const { store, build, folder } = this.around;
    await inTurn(build.build_id, async () => {
      const summary = await keepTestRun(run, folder);
      await store.commit(build.build_id, [store.addFinding(build.build_id, 'tests', summary)]);
    });
  }

  async publishCoverage(report: CoverageReport): Promise<void> {
    const { store, build, folder } = this.around;
    await inTurn(build.build_id, async () => {
      const summary = await keepCoverage(report, folder);
      await store.commit(build.build_id, [store.addFinding(build.build_id, 'coverage', summary)]);
    });
  }

  async attach(kind: AttachmentKind, file: string, details?: AttachmentDetails): Promise<void> {
    this.#attached += 1;
    const name = `${folderNameOf(this.job.id)}-${String(this.#attached).padStart(2, '0')}`;
    const label = details?.name === undefined ? [] : [asFileName(details.name)];
    const folder = path.join(this.around.folder.attachments, kind, name, ...label);
    await mkdir(folder, { recursive: true });
    await copyInto(file, folder, () => false);
  }

  async setBuildNumber(buildNumber: string): Promise<void> {
    const { store, build } = this.around;
    const { name } = cleanRunName(buildNumber);
    await store.commit(build.build_id, [store.updateBuild(build.build_id, { build_number: name })]);
  }

  async addBuildTag(tag: string): Promise<void> {
    const { store, build } = this.around;
    await store.commit(build.build_id, [addTag(build.build_id, tag)]);
  }
}

function asFailure(error: unknown): never {
  throw error instanceof DeliveryError ? new TaskFailure(error.message, { cause: error }) : error;
}

function noneOrThrow(error: unknown): undefined {
  if (error instanceof DeliveryError && error.code === 'VARIABLE_GROUP_NOT_FOUND') return undefined;
  return asFailure(error);
}
