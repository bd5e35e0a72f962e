// Opens variable groups, service connections, secure files and environments, and gives builds what they
// need of them. It only puts the parts together.
import type { Clock, Workspace } from '@ridgeline/workspace';
import type { BuildAssets } from '../builds/build-assets.ts';
import { DeliveryDatabase } from '../database/delivery-database.ts';
import { sweepSecrets } from './asset-secrets.ts';
import type { DeploymentRecord } from './environments/delivery-environment.ts';
import { DeliveryEnvironments } from './environments/delivery-environments.ts';
import { SecureFiles } from './secure-files/secure-files.ts';
import { ServiceConnections } from './service-connections/service-connections.ts';
import { VariableGroups } from './variable-groups/variable-groups.ts';
import { vaultReader } from './vaults/vault-reader.ts';

export interface DeliveryAssetsOptions {
  /** Default: the time of this machine. */
  readonly clock?: Clock;
}

export class DeliveryAssets implements BuildAssets {
  readonly groups: VariableGroups;
  readonly connections: ServiceConnections;
  readonly files: SecureFiles;
  readonly environments: DeliveryEnvironments;

  private constructor(database: DeliveryDatabase, { secrets }: Workspace, clock: Clock) {
    const parts = { database, secrets, clock };
    this.connections = new ServiceConnections(parts);
    this.files = new SecureFiles(parts);
    this.environments = new DeliveryEnvironments(parts);
    const readVaultSecrets = vaultReader(this.connections);
    this.groups = new VariableGroups({ ...parts, readVaultSecrets });
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

  secureFile(name: string, pipeline: string) {
    return this.files.read(name, pipeline);
  }

  secureFileProblems(names: readonly string[], pipeline: string) {
    return this.files.problems(names, pipeline);
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
}
