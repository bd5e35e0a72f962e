// Delivery as a whole on one workspace: what pipelines use, the engine of their builds, and what
// starts these. It only puts the parts together.
import type { Workspace } from '@ridgeline/workspace';
import type { Agents } from './agents/agents.ts';
import { DeliveryAssets } from './assets/delivery-assets.ts';
import type { Build } from './builds/build.ts';
import { BuildEngine } from './builds/build-engine.ts';
import type { Builds } from './builds/builds.ts';
import type { DeliveryPipelines } from './builds/definitions/delivery-pipelines.ts';
import { DeliveryDatabase } from './database/delivery-database.ts';
import { jobTokens } from './job-tokens.ts';
import { BuildTriggers } from './triggers/build-triggers.ts';
import { engineHost } from './triggers/engine-host.ts';

export interface DeliveryOptions {
  /** Where the server is reached; steps find it there. */
  readonly serverUrl: () => string;
  /** Holds the `az` that steps find first on their PATH; default none but the machine's. */
  readonly azFolder?: string;
  /** How many jobs run at once; default: the number of processors. */
  readonly slots?: number;
  /** How long an agent on another machine that is not heard keeps its jobs; default 60,000. */
  readonly agentLeaseMs?: number;
  /** From one look at a repository to the next; default 2,000. */
  readonly pollMs?: number;
  /** Told of each build that has ended; perhaps more than once. */
  readonly onEnded?: (build: Build) => Promise<void>;
  /** Told of what is not a user's mistake: of which build or pipeline, if of one. */
  readonly onInternalError: (about: string, error: unknown) => void;
}

export class Delivery {
  readonly assets: DeliveryAssets;
  readonly engine: BuildEngine;
  readonly triggers: BuildTriggers;

  private constructor(assets: DeliveryAssets, engine: BuildEngine, triggers: BuildTriggers) {
    this.assets = assets;
    this.engine = engine;
    this.triggers = triggers;
  }

  static async open(workspace: Workspace, options: DeliveryOptions): Promise<Delivery> {
    const { serverUrl, azFolder, slots, agentLeaseMs, pollMs, onEnded, onInternalError } = options;
    const assets = await DeliveryAssets.open(workspace);
    const engine = await BuildEngine.open(workspace, {
      assets,
      serverUrl,
      environment: () => ({ RIDGELINE_URL: serverUrl() }),
      issueToken: jobTokens(workspace),
      onInternalError,
      ...(azFolder !== undefined && { azFolder }),
      ...(slots !== undefined && { slots }),
      ...(agentLeaseMs !== undefined && { agentLeaseMs }),
    });
    const triggers = new BuildTriggers({
      database: await DeliveryDatabase.open(workspace.database),
      host: engineHost(engine),
      hookSecretOf: (pipeline) => engine.pipelines.hookSecrets.of(pipeline),
      onInternalError,
      ...(pollMs !== undefined && { pollMs }),
      ...(onEnded !== undefined && { onEnded }),
    });
    return new Delivery(assets, engine, triggers);
  }

  get pipelines(): DeliveryPipelines {
    return this.engine.pipelines;
  }

  get agents(): Agents {
    return this.engine.agents;
  }

  get builds(): Builds {
    return this.engine.builds;
  }

  /** Takes up the builds that an earlier server left unfinished, and begins to watch. */
  async start(): Promise<void> {
    await this.engine.start();
    this.triggers.start();
  }

  /** Ends what runs; the next start tells of it. */
  async stop(): Promise<void> {
    await this.triggers.stop();
    await this.engine.close();
  }
}
