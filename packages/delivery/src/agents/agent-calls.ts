// Does what a step on an agent asks of the build's server, as its host there would do it. An answer that
// was lost on its way is given again, and what was asked for is not done twice.
import path from 'node:path';
import { filesBelow, plainFilesBelow, TaskFailure } from '@ridgeline/azure-pipelines';
import { packCheckout } from '../builds/run/build-checkout.ts';
import type { BuildSurroundings } from '../builds/run/build-surroundings.ts';
import type { JobServices } from '../builds/run/job-services.ts';
import type { AgentCall, CallAnswer, SentFiles } from './agent-call.ts';
import type { Transfers } from './transfers.ts';

/** A job's answers that may have to be given again. */
const maxRemembered = 1_000;

export class AgentCalls {
  readonly #services: JobServices;
  readonly #around: BuildSurroundings;
  readonly #transfers: Transfers;
  readonly #signal: AbortSignal;
  readonly #answers = new Map<string, Promise<CallAnswer>>();

  constructor(
    services: JobServices,
    around: BuildSurroundings,
    transfers: Transfers,
    signal: AbortSignal,
  ) {
    this.#services = services;
    this.#around = around;
    this.#transfers = transfers;
    this.#signal = signal;
  }

  /** `id`: of the call; the same one has the same answer. */
  answer(id: string, call: AgentCall): Promise<CallAnswer> {
    const known = this.#answers.get(id);
    if (known !== undefined) return known;
    const answer = this.#do(call).then((value = null) => ({ value }), asFailure);
    this.#answers.set(id, answer);
    // What went wrong with us may go well the next time.
    answer.catch(() => this.#answers.delete(id));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > maxRemembered && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }

  #do(call: AgentCall): Promise<unknown> {
    switch (call.kind) {
      case 'serviceConnection':
        return this.#services.serviceConnection(call.name);
      case 'secureFile':
        return this.#secureFile(call.name);
      case 'vaultSecrets':
        return this.#vaultSecrets(call.vault);
      case 'checkout':
        return this.#checkout(call);
      case 'publishArtifact':
        return this.#publishArtifact(call);
      case 'downloadArtifact':
        return this.#downloadArtifact(call);
      case 'listArtifacts':
        return this.#services.artifacts.list(call.run);
      case 'publishTestRun':
        return this.#services.publishTestRun(call.run);
      case 'publishCoverage':
        return this.#publishCoverage(call);
      case 'attach':
        return this.#attach(call);
      case 'setBuildNumber':
        return this.#services.setBuildNumber(call.buildNumber);
      case 'addBuildTag':
        return this.#services.addBuildTag(call.tag);
      case 'endTransfer':
        return this.#transfers.end(call.transfer);
    }
  }

  async #secureFile(name: string): Promise<string | undefined> {
    const content = await this.#services.secureFile(name);
    return content && Buffer.from(content).toString('base64');
  }

  async #vaultSecrets(vault: string): Promise<Readonly<Record<string, string>> | undefined> {
    const secrets = await this.#services.vaultSecrets(vault);
    return secrets && Object.fromEntries(secrets);
  }

  async #checkout(call: Extract<AgentCall, { readonly kind: 'checkout' }>) {
    const { repository, ref, options, transfer } = call;
    const into = await this.#transfers.outgoing(transfer);
    const request = { repository, ref, into, options, signal: this.#signal };
    const packed = await packCheckout(request, this.#around);
    return { ...packed, files: await plainFilesBelow(into) };
  }

  async #publishArtifact(call: Extract<AgentCall, { readonly kind: 'publishArtifact' }>) {
    const { name, merge, source } = call;
    await this.#services.artifacts.publish(name, await this.#sent(source), { merge });
    await this.#transfers.end(source.transfer);
  }

  async #downloadArtifact(call: Extract<AgentCall, { readonly kind: 'downloadArtifact' }>) {
    const { name, patterns, run, transfer } = call;
    const into = await this.#transfers.outgoing(transfer);
    await this.#services.artifacts.download(name, into, patterns, run);
    return { files: await plainFilesBelow(into) };
  }

  async #publishCoverage(call: Extract<AgentCall, { readonly kind: 'publishCoverage' }>) {
    const { report, reportFolder } = call;
    if (reportFolder === undefined) return this.#services.publishCoverage(report);
    const folder = await this.#sent(reportFolder);
    await this.#services.publishCoverage({ ...report, reportFolder: folder });
    await this.#transfers.end(reportFolder.transfer);
  }

  async #attach(call: Extract<AgentCall, { readonly kind: 'attach' }>): Promise<void> {
    const { attachment, source, details } = call;
    await this.#services.attach(attachment, await this.#sent(source), details);
    await this.#transfers.end(source.transfer);
  }

  async #sent({ transfer, file, count }: SentFiles): Promise<string> {
    const folder = await this.#transfers.incoming(transfer);
    const { length: arrived } = await filesBelow(folder);
    if (arrived !== count)
      throw new TaskFailure(
        `Of ${count} files ${arrived} have arrived: nothing was kept; run it again`,
      );
    // One name, and no way out of the folder.
    return file === undefined ? folder : path.join(folder, path.basename(file));
  }
}

function asFailure(error: unknown): CallAnswer {
  if (error instanceof TaskFailure) return { failure: error.message };
  throw error;
}
