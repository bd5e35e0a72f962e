// Which events somebody may have, as long as they read along: what is hidden from them meanwhile counts
// at once on this server, and within a second where another one has hidden it.
import {
  type Change,
  type ChangeTest,
  type HiddenThings,
  nothingHidden,
  type Principal,
  type Workspace,
} from '@ridgeline/workspace';
import { heldMember } from '../auth/held-member.ts';

const maxAgeMs = 1_000;

export class ShownEvents {
  readonly #workspace: Workspace;
  readonly #userId: string | null;
  #hidden: HiddenThings = nothingHidden;
  /** Names stay here: of a model that is deleted no permission is left. */
  readonly #everHidden = new Set<string>();
  #revision = -1;
  #readAt = 0;

  constructor(workspace: Workspace, principal: Principal | null) {
    this.#workspace = workspace;
    this.#userId = heldMember(principal)?.id ?? null;
  }

  /** To be called before what has just happened is told. */
  async refresh(): Promise<void> {
    if (this.#userId === null) return;
    const { database, permissions } = this.#workspace;
    const { revision } = database;
    const now = performance.now();
    if (revision === this.#revision && now - this.#readAt < maxAgeMs) return;
    this.#hidden = await permissions.hiddenFrom(this.#userId);
    for (const name of this.#hidden.modelNames) this.#everHidden.add(name);
    this.#revision = revision;
    this.#readAt = now;
  }

  readonly test: ChangeTest = (change, { experimentId }) => {
    const { experimentIds, modelNames } = this.#hidden;
    if (modelNames.size > 0 || this.#everHidden.size > 0) {
      if (this.#isOfHiddenModel(change)) return false;
    }
    if (experimentIds.size + modelNames.size === 0) return true;
    if (isOfExperiment(change)) return experimentId !== null && !experimentIds.has(experimentId);
    // Of these nobody can tell what stands behind them.
    return change.kind !== 'build' && change.kind !== 'endpoint' && !('buildId' in change);
  };

  #isOfHiddenModel(change: Change): boolean {
    if (change.kind !== 'model' && change.kind !== 'modelVersion') return false;
    const { modelNames } = this.#hidden;
    const isGone =
      change.action === 'deleted' || ('newName' in change && change.newName !== undefined);
    const names = isGone ? this.#everHidden : modelNames;
    if (names.has(change.name) || modelNames.has(change.name)) return true;
    return 'newName' in change && change.newName !== undefined && modelNames.has(change.newName);
  }
}

function isOfExperiment(change: Change): boolean {
  return change.kind === 'experiment' || ['runId', 'jobId', 'modelId'].some((id) => id in change);
}
