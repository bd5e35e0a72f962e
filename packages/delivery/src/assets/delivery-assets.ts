// Opens variable groups, service connections and environments, and gives builds what they need of
// them. It only puts the parts together.
import type { Clock, Workspace } from '@ridgeline/workspace';
import type { BuildAssets } from '../builds/build-assets.ts';
import { DeliveryDatabase } from '../database/delivery-database.ts';
import { throwProblems } from './asset-problem.ts';
import { sweepSecrets } from './asset-secrets.ts';
import type { DeploymentRecord } from './environments/delivery-environment.ts';
import { DeliveryEnvironments } from './environments/delivery-environments.ts';
import { ServiceConnections } from './service-connections/service-connections.ts';
import { readVaultSecret } from './service-connections/vault-secrets.ts';
import type { VaultSecret } from './variable-groups/variable-group.ts';
import { VariableGroups } from './variable-groups/variable-groups.ts';

export interface DeliveryAssetsOptions {
  /** Default: the time of this machine. */
  readonly clock?: Clock;
}

export class DeliveryAssets implements BuildAssets {
  readonly groups: VariableGroups;
  readonly connections: ServiceConnections;
  readonly environments: DeliveryEnvironments;

  private constructor(database: DeliveryDatabase, { secrets }: Workspace, clock: Clock) {
    this.connections = new ServiceConnections({ database, secrets, clock });
    this.environments = new DeliveryEnvironments({ database, clock });
    const fromVault = (secret: VaultSecret, pipeline: string) =>
      this.#readVaultSecret(secret, pipeline);
    this.groups = new VariableGroups({ database, secrets, clock, readVaultSecret: fromVault });
  }

  /** Brings the tables up to date, and removes secrets that a killed process has left without a row. */
  static async open(
    workspace: Workspace,
    { clock = Date.now }: DeliveryAssetsOptions = {},
  ): Promise<DeliveryAssets> {
    const database = await DeliveryDatabase.open(workspace.database);
    await sweepSecrets(database);
    return new DeliveryAssets(database, workspace, clock);
  }

  variableGroups(names: readonly string[], pipeline: string) {
    return this.groups.resolve(names, pipeline);
  }

  serviceConnection(name: string, pipeline: string) {
    return this.connections.resolve(name, pipeline);
  }

  connectionProblems(names: readonly string[], pipeline: string) {
    return this.connections.problems(names, pipeline);
  }

  checksOf(environment: string) {
    return this.environments.checksOf(environment);
  }

  resourcesOf(environment: string) {
    return this.environments.resourcesOf(environment);
  }

  recordDeployment(environment: string, record: DeploymentRecord) {
    return this.environments.recordDeployment(environment, record);
  }

  async #readVaultSecret(secret: VaultSecret, pipeline: string): Promise<string> {
    const connection = await this.connections.resolve(secret.connection, pipeline);
    if (connection !== undefined) return readVaultSecret(connection, secret);
    throwProblems(await this.connections.problems([secret.connection], pipeline));
    throw new Error(`the service connection '${secret.connection}' was made just now`);
  }
}
