// An environment and what was deployed to it, as every reader sees them.
import { describeAssetRow } from '../asset-row.ts';
import type { DeliveryEnvironment, Deployment, DeploymentStatus } from './delivery-environment.ts';
import type { DeploymentRow, EnvironmentRow } from './environment-store.ts';

export function describeEnvironment(row: EnvironmentRow): DeliveryEnvironment {
  return {
    ...describeAssetRow(row),
    checks: JSON.parse(row.checks),
    resources: JSON.parse(row.resources),
  };
}

export function describeDeployment(row: DeploymentRow, environment: string): Deployment {
  return {
    environment,
    buildId: row.build_id,
    buildNumber: row.build_number,
    pipeline: row.pipeline,
    commit: row.commit_id,
    stage: row.stage,
    job: row.job,
    attempt: row.attempt,
    requestedBy: row.requested_by,
    status: row.status as DeploymentStatus,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  };
}
