// What has happened, in one line.
import type { ChangeEvent, WorkspaceEvent } from '@ridgeline/client';
import { printable } from '../ci/run-printer.ts';

export function describeEvent(event: Exclude<WorkspaceEvent, { kind: 'ready' }>): string {
  return printable(`${event.kind.padEnd(12)} ${wordsOf(event)}`);
}

function wordsOf(event: Exclude<WorkspaceEvent, { kind: 'ready' }>): string {
  switch (event.kind) {
    case 'reset':
      return `some changes were missed: ${event.reason}`;
    case 'metrics':
      return `${event.modelId ?? event.runId} ${event.metrics.map(({ key, value }) => `${key}=${value}`).join(' ')}`;
    case 'params':
    case 'tags':
      return `${event.runId} ${event.keys.join(' ')}`;
    case 'step':
      return `${event.jobId} ${event.step} ${event.status ?? 'updated'}`;
    case 'log':
      return `${thingOf(event)} ${event.sizeBytes} bytes`;
    case 'build':
      return event.buildId;
    default:
      return `${thingOf(event)} ${stateOf(event)}`;
  }
}

function thingOf(event: ChangeEvent): string {
  if ('step' in event) return `${event.jobId} ${event.step}`;
  if ('buildId' in event) return event.buildId;
  if ('version' in event) return `${event.name}:${event.version}`;
  if (event.kind === 'loggedModel') return event.modelId;
  if ('runId' in event) return event.runId;
  if ('jobId' in event) return event.jobId;
  return 'name' in event ? event.name : event.experimentId;
}

/** The state where it is told, else what was done. */
function stateOf(event: ChangeEvent): string {
  if ('status' in event && event.status !== undefined) return event.status;
  if ('stage' in event && event.stage !== undefined) return `in stage ${event.stage}`;
  if ('alias' in event && event.alias !== undefined) return `is ${event.alias}`;
  if ('newName' in event && event.newName !== undefined) return `renamed to ${event.newName}`;
  return 'action' in event ? event.action : 'updated';
}
