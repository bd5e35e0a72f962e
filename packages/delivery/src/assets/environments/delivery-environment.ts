// What a deployment environment is, as users give it and as every reader sees it.
import type { CheckSpec, EnvironmentCheck, EnvironmentResource } from '@ridgeline/azure-pipelines';

export interface NewDeliveryEnvironment {
  readonly name: string;
  readonly description?: string;
  readonly checks?: readonly CheckSpec[];
  /** Its machines, the targets of a rolling deployment. */
  readonly resources?: readonly EnvironmentResource[];
}

/** What is left out stays; a list replaces the earlier one. */
export type DeliveryEnvironmentChanges = Partial<NewDeliveryEnvironment>;

/** Times are UTC ISO strings. */
export interface DeliveryEnvironment {
  readonly name: string;
  readonly description: string;
  readonly checks: readonly EnvironmentCheck[];
  readonly resources: readonly EnvironmentResource[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const deploymentStatuses = [
  'InProgress',
  'Succeeded',
  'SucceededWithIssues',
  'Failed',
  'Canceled',
  'Skipped',
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** One job of one build that deploys; the same job of the same attempt is one deployment. */
export interface DeploymentRecord {
  readonly buildId: number;
  readonly buildNumber: string;
  readonly pipeline: string;
  readonly commit: string;
  readonly stage: string;
  readonly job: string;
  /** From 1. */
  readonly attempt: number;
  readonly requestedBy: string;
  readonly status: DeploymentStatus;
}

/** Times are UTC ISO strings. */
export interface Deployment extends DeploymentRecord {
  readonly environment: string;
  readonly startedAt: string;
  /** Null while it goes on. */
  readonly endedAt: string | null;
}
