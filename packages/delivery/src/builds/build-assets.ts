// What builds need of the assets of delivery: a port, so that each side stands alone.
// `DeliveryAssets` implements it.
import type {
  EnvironmentCheck,
  EnvironmentResource,
  GivenVariables,
  ServiceConnection,
} from '@ridgeline/azure-pipelines';
import type { AssetProblem } from '../assets/asset-problem.ts';
import type { DeploymentRecord } from '../assets/environments/delivery-environment.ts';

export interface BuildAssets {
  /**
   * The groups that a pipeline names, by their names.
   * @throws DeliveryError VARIABLE_GROUP_NOT_FOUND, VARIABLE_GROUP_NOT_PERMITTED
   */
  variableGroups(
    names: readonly string[],
    pipeline: string,
  ): Promise<ReadonlyMap<string, GivenVariables>>;
  /** Undefined: there is none of that name. @throws DeliveryError where it is not permitted */
  serviceConnection(name: string, pipeline: string): Promise<ServiceConnection | undefined>;
  /** Why a pipeline cannot use connections that it names. */
  connectionProblems(names: readonly string[], pipeline: string): Promise<readonly AssetProblem[]>;
  /** Undefined: no files are kept. @throws DeliveryError where there is none, or it is not permitted */
  secureFile(name: string, pipeline: string): Promise<Uint8Array | undefined>;
  /** Why a pipeline cannot use files that it names. */
  secureFileProblems(names: readonly string[], pipeline: string): Promise<readonly AssetProblem[]>;
  /** Of an environment that is not there yet: none. */
  checksOf(environment: string): Promise<readonly EnvironmentCheck[]>;
  resourcesOf(environment: string): Promise<readonly EnvironmentResource[]>;
  /** When it begins, and when it has ended. */
  recordDeployment(environment: string, deployment: DeploymentRecord): Promise<void>;
}

/** For those who keep no assets. */
export const noAssets: BuildAssets = {
  variableGroups: async () => new Map(),
  serviceConnection: async () => undefined,
  connectionProblems: async () => [],
  secureFile: async () => undefined,
  secureFileProblems: async () => [],
  checksOf: async () => [],
  resourcesOf: async () => [],
  recordDeployment: async () => {},
};
