// Logged models between the workspace and MLflow's JSON, whose statuses have longer names.
import type { LoggedModel, LoggedModelStatus } from '@ridgeline/workspace';
import Type from 'typebox';
import { toWireMetric } from './wire.ts';

const wireStatuses = {
  UNSPECIFIED: 'LOGGED_MODEL_STATUS_UNSPECIFIED',
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
} as const satisfies Readonly<Record<LoggedModelStatus, string>>;

export const WireStatus = Type.Enum(Object.values(wireStatuses));

const statuses = new Map<string, LoggedModelStatus>(
  (Object.keys(wireStatuses) as LoggedModelStatus[]).map((status) => [
    wireStatuses[status],
    status,
  ]),
);

/** @param status one of `WireStatus`. */
export function toStatus(status: string): LoggedModelStatus {
  return statuses.get(status) ?? 'UNSPECIFIED';
}

export function toWireLoggedModel({ info, data }: LoggedModel) {
  return {
    info: { ...info, status: wireStatuses[info.status] },
    data: { ...data, metrics: data.metrics.map(toWireMetric) },
  };
}
