// What `ridgeline up` can be told, as it stands on the command line.
import type { CommonOptions } from '../connection/common-options.ts';

export interface UpOptions extends CommonOptions {
  readonly project?: string;
  readonly once?: boolean;
  readonly host: string;
  readonly port?: number;
  readonly slots?: number;
  readonly allowHost: readonly string[];
  readonly publicUrl?: string;
  readonly workspaceName: string;
  readonly corsOrigin: readonly string[];
  readonly allowPrivateWebhooks?: boolean;
  readonly database?: string;
  readonly artifacts?: string;
}
