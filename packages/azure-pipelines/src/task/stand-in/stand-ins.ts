// Tasks that are known by name and cannot run here: each says why and what to do instead, in
// validation as a warning and in a run as its failure.

import type { AgentTask, ServerTask, TaskDefinition } from '../task.ts';
import { failed } from '../task-outcome.ts';

const microsoft =
  "It belongs to Microsoft's own build service. Mock it (--mock task=...), or give it a condition that is false here.";
const windows = 'It needs Visual Studio on Windows. Use DotNetCoreCLI or a script, or mock it.';
const service = 'It works on a service of Azure DevOps that has no counterpart here. Mock it.';
const script = (program: string) => `Run '${program}' in a script step instead, or mock it.`;

const agentReasons: Readonly<Record<string, string>> = {
  AntiMalware: microsoft,
  AzSecPack: microsoft,
  BinSkim: microsoft,
  ComponentGovernanceComponentDetection: microsoft,
  CredScan: microsoft,
  EsrpCodeSigning: microsoft,
  EsrpRelease: microsoft,
  ManifestGeneratorTask: microsoft,
  MicroBuildCleanup: microsoft,
  MicroBuildSigningPlugin: microsoft,
  MicroBuildSwixPlugin: microsoft,
  OneLocBuild: microsoft,
  PoliCheck: microsoft,
  PostAnalysis: microsoft,
  PublishSecurityAnalysisLogs: microsoft,
  Roslyn: microsoft,
  SdtReport: microsoft,
  SdtUploadLogs: microsoft,
  CmdBuild: windows,
  MSBuild: windows,
  VSBuild: windows,
  VSTest: windows,
  VisualStudioTestPlatformInstaller: windows,
  SqlAzureDacpacDeployment: windows,
  IISWebAppDeploymentOnMachineGroup: windows,
  DownloadPackage: service,
  DownloadGitHubRelease: service,
  GitHubComment: service,
  GitHubRelease: service,
  IndexSourcesPublishSymbols: service,
  PublishSymbols: service,
  ReviewApp: service,
  UniversalPackages: service,
  AMLModelDeploy: script('az ml model deploy'),
  AzurePowerShell: script('pwsh with the Az module'),
  AzureFileCopy: script('azcopy'),
  AzureCloudPowerShellDeployment: script('az'),
  AzureContainerApps: script('az containerapp'),
  Ant: script('ant'),
  CMake: script('cmake'),
  DockerCompose: script('docker compose'),
  DockerInstaller: script('docker'),
  Go: script('go'),
  GoTool: script('go'),
  Gradle: script('gradle'),
  Grunt: script('grunt'),
  Gulp: script('gulp'),
  JavaToolInstaller: script('java'),
  KubectlInstaller: script('kubectl'),
  KubeloginInstaller: script('kubelogin'),
  PackerBuild: script('packer'),
  ServiceFabricDeploy: script('sfctl'),
  SSH: script('ssh'),
  CopyFilesOverSSH: script('scp'),
  FtpUpload: script('curl'),
  CUrlUploader: script('curl'),
  ShellScript: script('bash'),
  BatchScript: script('cmd'),
  Xcode: script('xcodebuild'),
};

const serverReasons: Readonly<Record<string, string>> = {
  AzureFunction: 'Call the function by InvokeRESTAPI instead.',
  AzureMonitor: service,
  InvokeRESTAPIPreview: 'Take InvokeRESTAPI instead.',
  PublishToAzureServiceBus: service,
  queryWorkItems: service,
};

/** Stand-ins take any version: which ones exist is not theirs to say. */
const versions = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export const standIns: readonly TaskDefinition[] = [
  ...Object.entries(agentReasons).map(([name, reason]) => agentStandIn(name, reason)),
  ...Object.entries(serverReasons).map(([name, reason]) => serverStandIn(name, reason)),
];

function agentStandIn(name: string, unsupported: string): AgentTask {
  const run = async () => failed(`The task ${name} does not run here. ${unsupported}`);
  return { name, versions, inputs: [], openInputs: true, runsOn: 'agent', unsupported, run };
}

function serverStandIn(name: string, unsupported: string): ServerTask {
  const run = async () => failed(`The task ${name} does not run here. ${unsupported}`);
  return { name, versions, inputs: [], openInputs: true, runsOn: 'server', unsupported, run };
}
