// The step shortcuts: which task each stands for, and which keys of it are inputs of that task.
// Where a step's own keyword goes is data here too, so that the schema and the desugaring agree.

import { boolean, choice, type Schema, text } from './schema-types.ts';

export interface Shortcut {
  /** With its article, for messages. */
  readonly title: string;
  readonly task: string;
  /** The input that the keyword's own value becomes. */
  readonly input: string;
  /** Inputs that the shortcut sets by itself. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Keys that become inputs, under the same name unless `renamed` has another. */
  readonly keys: Readonly<Record<string, Schema>>;
  readonly renamed?: Readonly<Record<string, string>>;
}

const preference = choice('default', 'stop', 'continue', 'silentlyContinue');
const shell = { failOnStderr: text, workingDirectory: text };
const powershell = {
  ...shell,
  errorActionPreference: preference,
  warningPreference: preference,
  informationPreference: preference,
  verbosePreference: preference,
  debugPreference: preference,
  progressPreference: preference,
  ignoreLASTEXITCODE: text,
  runScriptInSeparateScope: text,
  showWarnings: text,
};

const checkoutKeys = {
  clean: text,
  fetchDepth: text,
  fetchFilter: text,
  fetchTags: text,
  lfs: text,
  persistCredentials: text,
  submodules: text,
  path: text,
  sparseCheckoutDirectories: text,
  sparseCheckoutPatterns: text,
  workspaceRepo: boolean,
};

export const shortcuts: Readonly<Record<string, Shortcut>> = {
  script: { title: 'a script step', task: 'CmdLine@2', input: 'script', keys: shell },
  bash: {
    title: 'a bash step',
    task: 'Bash@3',
    input: 'script',
    fixed: { targetType: 'inline' },
    keys: shell,
  },
  pwsh: {
    title: 'a pwsh step',
    task: 'PowerShell@2',
    input: 'script',
    fixed: { targetType: 'inline', pwsh: 'true' },
    keys: powershell,
  },
  powershell: {
    title: 'a powershell step',
    task: 'PowerShell@2',
    input: 'script',
    fixed: { targetType: 'inline' },
    keys: powershell,
  },
  checkout: {
    title: 'a checkout step',
    task: '6d15af64-176c-496d-b583-fd2ae21d4df4@1',
    input: 'repository',
    keys: checkoutKeys,
  },
  publish: {
    title: 'a publish step',
    task: 'PublishPipelineArtifact@1',
    input: 'path',
    keys: { artifact: text },
  },
  // What `publish` was called at first; starter files for Kubernetes still have it.
  upload: {
    title: 'an upload step',
    task: 'PublishPipelineArtifact@1',
    input: 'path',
    keys: { artifact: text },
  },
  download: {
    title: 'a download step',
    task: 'DownloadPipelineArtifact@2',
    input: 'source',
    keys: { artifact: text, patterns: text, path: text },
  },
  downloadBuild: {
    title: 'a downloadBuild step',
    task: 'DownloadBuildArtifacts@0',
    input: 'buildType',
    keys: { artifact: text, path: text, patterns: text },
    renamed: { artifact: 'artifactName', path: 'downloadPath', patterns: 'itemPattern' },
  },
  getPackage: {
    title: 'a getPackage step',
    task: 'DownloadPackage@1',
    input: 'alias',
    keys: { path: text },
    renamed: { path: 'downloadPath' },
  },
  reviewApp: {
    title: 'a reviewApp step',
    task: 'ReviewApp@0',
    input: 'resourceName',
    keys: {},
  },
};
