// What a step on an agent can ask of the build's server, and what it hears.
import type {
  AttachmentDetails,
  AttachmentKind,
  CheckoutOptions,
  CoverageReport,
  RunSelector,
  TestRun,
} from '@ridgeline/azure-pipelines';

/** What an agent has sent: a folder, or one file in it. */
export interface SentFiles {
  readonly transfer: string;
  readonly file?: string;
  /** How many there are: all of them have to have arrived. */
  readonly count: number;
}

/** `transfer`: a UUID of the agent's choice. */
export type AgentCall =
  | { readonly kind: 'serviceConnection'; readonly name: string }
  | { readonly kind: 'secureFile'; readonly name: string }
  | { readonly kind: 'vaultSecrets'; readonly vault: string }
  | {
      readonly kind: 'checkout';
      readonly repository: string;
      readonly ref?: string;
      readonly options: CheckoutOptions;
      readonly transfer: string;
    }
  | {
      readonly kind: 'publishArtifact';
      readonly name: string;
      readonly merge: boolean;
      readonly source: SentFiles;
    }
  | {
      readonly kind: 'downloadArtifact';
      readonly name: string;
      readonly patterns: readonly string[];
      readonly run?: RunSelector;
      readonly transfer: string;
    }
  | { readonly kind: 'listArtifacts'; readonly run?: RunSelector }
  | { readonly kind: 'publishTestRun'; readonly run: TestRun }
  | {
      readonly kind: 'publishCoverage';
      readonly report: Omit<CoverageReport, 'reportFolder'>;
      readonly reportFolder?: SentFiles;
    }
  | {
      readonly kind: 'attach';
      readonly attachment: AttachmentKind;
      readonly source: SentFiles;
      readonly details?: AttachmentDetails;
    }
  | { readonly kind: 'setBuildNumber'; readonly buildNumber: string }
  | { readonly kind: 'addBuildTag'; readonly tag: string }
  | { readonly kind: 'endTransfer'; readonly transfer: string };

/** `failure`: what the step is to fail with. */
export type CallAnswer = { readonly value: unknown } | { readonly failure: string };
