// What a build does for the gate in front of a stage: it knows the workspace's environments, asks people
// through approvals that outlive a server, and APIs with the connections that its pipeline may use.
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ApprovalCheck,
  type AskedCheck,
  type CheckStage,
  type GateHost,
  LocalServerTasks,
  TaskFailure,
} from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import type { BuildSurroundings } from '../run/build-surroundings.ts';
import type { ApprovalQuestion } from './approval-question.ts';
import { extendedTemplate } from './extended-template.ts';

const minuteMs = 60_000;

export function stageGate(action: CheckStage, around: BuildSurroundings): GateHost {
  const { approvals, assets, build, locks, store } = around;
  const { id: stage } = action.stage;
  const claim = { buildId: build.build_id, stage, behavior: action.lockBehavior };
  return {
    branch: build.branch,
    clock: { now: store.now, sleep },
    ownLock: `pipeline ${build.pipeline_id} stage ${stage}`,
    serverTasks: serverTasksOf(stage, around),
    checksOf: (environment) => assets.checksOf(environment),
    extendedTemplate: () => extendedTemplate(around),
    askPeople: (asked, signal) =>
      approvals.ask({ buildId: build.build_id, ...questionOf(asked, action) }, signal),
    takeLocks: (names, signal) => locks.take(names, claim, signal),
    // Whoever looks at a build sees its open questions.
    note: () => {},
  };
}

/** Keeps no process alive. */
async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}

function questionOf(
  { environment, check }: AskedCheck<ApprovalCheck>,
  { stage, attempt }: CheckStage,
): Omit<ApprovalQuestion, 'buildId'> {
  return {
    question: `stage ${stage.id} ${attempt} ${environment} ${shapeOf(check)}`,
    kind: 'stage',
    stage: stage.id,
    attempt,
    about: [environment],
    instructions: check.instructions,
    approvers: check.approvers,
    minimum: check.minimumApprovers,
    inSequence: check.inSequence === true,
    requesterCanApprove: check.allowSelfApproval,
    timeoutMs: check.timeoutMinutes * minuteMs,
  };
}

/** Two approvals of one environment are two questions. */
function shapeOf(check: ApprovalCheck): string {
  const { approvers, minimumApprovers, instructions, allowSelfApproval, inSequence } = check;
  const unusual = allowSelfApproval && !inSequence ? [] : [allowSelfApproval, inSequence === true];
  return JSON.stringify([approvers, minimumApprovers, instructions, ...unusual]);
}

function serverTasksOf(stage: string, { assets, build }: BuildSurroundings): LocalServerTasks {
  const nobody = () => Promise.reject(new Error('a check of an API asks no person'));
  return new LocalServerTasks(stage, nobody, (name) =>
    assets.serviceConnection(name, build.pipeline_name).catch((error: unknown) => {
      throw error instanceof DeliveryError
        ? new TaskFailure(error.message, { cause: error })
        : error;
    }),
  );
}
