// Opens the endpoint manager of a workspace: brings its tables up to date and fills in defaults.

// Not the whole package: whoever only starts a scoring process need not load what runs in it.
import { scoringProcessPath } from '@ridgeline/scoring/process-path';
import type { EndpointWorkspace } from './endpoint-workspace.ts';
import { defaultLimits, type EndpointLimits } from './limits.ts';
import { EndpointManager } from './manager/endpoint-manager.ts';
import { EndpointStore } from './store/endpoint-store.ts';

export interface EndpointManagerOptions {
  /** Address of the server that hosts the gateway, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Milliseconds since the epoch, UTC; default the system's clock. */
  readonly clock?: () => number;
  /** Told of what goes wrong behind the scenes; default: one line on stderr. */
  readonly onError?: (error: unknown) => void;
  /** Module that a scoring process runs; default the one of the scoring package. */
  readonly processPath?: string;
}

/** Call `start` on the result before anything else. */
export async function openEndpointManager(
  workspace: EndpointWorkspace,
  options: EndpointManagerOptions & Partial<EndpointLimits>,
): Promise<EndpointManager> {
  const { publicUrl, clock = Date.now, onError = printError, ...rest } = options;
  const { processPath = scoringProcessPath, ...limits } = rest;
  const store = await EndpointStore.open(workspace.database, clock, workspace.changes);
  const host = {
    workspace,
    store,
    onError,
    processPath,
    limits: { ...defaultLimits, ...limits },
  };
  return new EndpointManager(host, publicUrl);
}

function printError(error: unknown): void {
  process.stderr.write(`endpoints: ${error instanceof Error ? error.stack : String(error)}\n`);
}
