// The options by which a deployment environment gets its checks.
import type { CheckSpec } from '@ridgeline/client';
import { type Command, Option } from 'commander';
import { CliError } from '../errors.ts';
import { collectName, parseInteger } from './option-values.ts';

export interface CheckOptions {
  readonly approval?: true;
  readonly approver: readonly string[];
  readonly minimumApprovers?: number;
  readonly inSequence?: true;
  readonly notByRequester?: true;
  readonly instructions?: string;
  readonly allowedBranch: readonly string[];
  readonly requiredTemplate: readonly string[];
  readonly hours?: string;
  readonly askApi?: string;
  readonly apiSuffix?: string;
  readonly apiMethod: 'GET' | 'POST';
  readonly apiCriteria?: string;
  readonly apiRetryMinutes?: number;
  readonly timeZone?: string;
  readonly exclusiveLock?: true;
  /** False: take all checks away. */
  readonly checks: boolean;
}

export function withChecks(command: Command): Command {
  return command
    .option('--approval', 'somebody with the role Contributor has to approve')
    .option('--approver <name>', 'this user or service principal has to', collectName, [])
    .option('--minimum-approvers <count>', 'so many of them; default all', parseInteger)
    .option('--in-sequence', 'one after the other, in the order in which they are named')
    .option('--not-by-requester', 'who has queued a build may not approve it')
    .option('--instructions <text>', 'shown to those who approve')
    .option('--allowed-branch <pattern>', 'only builds of such branches', collectName, [])
    .option('--required-template <place>', 'extending this: PATH@REPOSITORY#REF', collectName, [])
    .option('--hours <from-to>', 'only then, Monday to Friday: 09:00-17:00')
    .option('--time-zone <name>', 'of those hours; default UTC')
    .option('--ask-api <connection>', 'an API behind this service connection has to answer well')
    .option('--api-suffix <path>', "behind the connection's address")
    .addOption(new Option('--api-method <method>').choices(['GET', 'POST']).default('GET'))
    .option('--api-criteria <expression>', 'what has to hold of its answer, root')
    .option('--api-retry-minutes <count>', 'until it is asked again; default 5', parseInteger)
    .option('--exclusive-lock', 'one stage at a time')
    .option('--no-checks', 'without any of those that it has');
}

export function checksFrom(options: CheckOptions): readonly CheckSpec[] {
  const { approver, minimumApprovers, instructions, allowedBranch, exclusiveLock } = options;
  const { requiredTemplate } = options;
  const approval: CheckSpec = {
    type: 'approval',
    approvers: approver,
    ...(minimumApprovers !== undefined && { minimumApprovers }),
    ...(options.inSequence && { inSequence: true }),
    ...(options.notByRequester && { allowSelfApproval: false }),
    ...(instructions !== undefined && { instructions }),
  };
  const isAsked = options.approval === true || approver.length > 0;
  return [
    ...(isAsked ? [approval] : []),
    ...(allowedBranch.length > 0
      ? [{ type: 'branchControl', allowedBranches: allowedBranch } as const]
      : []),
    ...(requiredTemplate.length > 0
      ? [{ type: 'requiredTemplate', requiredTemplates: requiredTemplate } as const]
      : []),
    ...(options.hours === undefined ? [] : [hoursFrom(options.hours, options.timeZone)]),
    ...(options.askApi === undefined ? [] : [apiFrom(options.askApi, options)]),
    ...(exclusiveLock ? [{ type: 'exclusiveLock' } as const] : []),
  ];
}

function apiFrom(
  connection: string,
  { apiSuffix, apiMethod, apiCriteria, apiRetryMinutes }: CheckOptions,
): CheckSpec {
  return {
    type: 'invokeRestApi',
    connection,
    method: apiMethod,
    ...(apiSuffix !== undefined && { urlSuffix: apiSuffix }),
    ...(apiCriteria !== undefined && { successCriteria: apiCriteria }),
    ...(apiRetryMinutes !== undefined && { retryMinutes: apiRetryMinutes }),
  };
}

/** @throws CliError USAGE */
function hoursFrom(hours: string, timeZone: string | undefined): CheckSpec {
  const [, start, end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(hours) ?? [];
  if (start === undefined || end === undefined) {
    throw new CliError('USAGE', `--hours '${hours}' is not understood; write 09:00-17:00`);
  }
  return { type: 'businessHours', start, end, ...(timeZone !== undefined && { timeZone }) };
}
