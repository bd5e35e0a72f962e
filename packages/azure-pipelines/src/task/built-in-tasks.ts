// Every task that is there without being brought along.

import { downloadBuildArtifacts, downloadPipelineArtifact } from './artifact/download-artifacts.ts';
import { publishBuildArtifacts, publishPipelineArtifact } from './artifact/publish-artifacts.ts';
import {
  azureResourceGroupDeployment,
  azureResourceManagerTemplateDeployment,
} from './azure/arm-tasks.ts';
import { azureCli1, azureCli2 } from './azure/azure-cli.ts';
import { azureKeyVault } from './azure/azure-key-vault.ts';
import {
  azureFunctionApp,
  azureRmWebAppDeployment,
  azureWebApp,
  azureWebAppContainer,
} from './azure/web-app.ts';
import { cache } from './cache/cache.ts';
import { checkout } from './checkout/checkout.ts';
import {
  publishCodeCoverageResults1,
  publishCodeCoverageResults2,
} from './coverage/publish-code-coverage.ts';
import { docker } from './docker/docker.ts';
import {
  cargoAuthenticate,
  mavenAuthenticate,
  nuGetAuthenticate,
} from './feed/no-feed-authenticate.ts';
import { npmAuthenticate } from './feed/npm-authenticate.ts';
import { pipAuthenticate, twineAuthenticate } from './feed/python-feeds.ts';
import { archiveFiles } from './files/archive-files.ts';
import { copyFiles } from './files/copy-files.ts';
import { deleteFiles } from './files/delete-files.ts';
import { extractFiles } from './files/extract-files.ts';
import { helmDeploy, helmInstaller } from './helm/helm.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { kubernetesManifest } from './kubernetes/kubernetes-manifest.ts';
import { bash } from './script/bash.ts';
import { cmdLine } from './script/cmd-line.ts';
import { powerShell } from './script/power-shell.ts';
import { pythonScript } from './script/python-script.ts';
import { downloadSecureFile } from './secure-file/download-secure-file.ts';
import { installSshKey } from './secure-file/install-ssh-key.ts';
import { delay } from './server/delay.ts';
import { invokeRestApi } from './server/invoke-rest-api.ts';
import { manualValidation } from './server/manual-validation.ts';
import { publishedPipelineTask } from './server/published-pipeline.ts';
import { standIns } from './stand-in/stand-ins.ts';
import type { TaskDefinition } from './task.ts';
import { TaskRegistry } from './task-registry.ts';
import { terraformCli, terraformInstaller, terraformTask } from './terraform/terraform.ts';
import { publishTestResults } from './test-results/publish-test-results.ts';
import { dotNetCoreCli, useDotNet } from './tool/dot-net.ts';
import { maven } from './tool/maven.ts';
import { npm } from './tool/npm.ts';
import { nuGetCommand, nuGetToolInstaller } from './tool/nu-get.ts';
import { nodeTool, useNode } from './tool/use-node.ts';
import { usePythonVersion } from './tool/use-python-version.ts';

export const builtInTasks: readonly TaskDefinition[] = [
  cmdLine,
  bash,
  powerShell,
  pythonScript,
  checkout,
  publishPipelineArtifact,
  downloadPipelineArtifact,
  publishBuildArtifacts,
  downloadBuildArtifacts,
  cache,
  publishTestResults,
  publishCodeCoverageResults1,
  publishCodeCoverageResults2,
  copyFiles,
  deleteFiles,
  archiveFiles,
  extractFiles,
  delay,
  manualValidation,
  invokeRestApi,
  publishedPipelineTask,
  azureCli1,
  azureCli2,
  azureKeyVault,
  azureResourceGroupDeployment,
  azureResourceManagerTemplateDeployment,
  azureWebAppContainer,
  azureWebApp,
  azureRmWebAppDeployment,
  azureFunctionApp,
  docker,
  helmInstaller,
  helmDeploy,
  kubernetes,
  kubernetesManifest,
  terraformInstaller,
  terraformCli,
  terraformTask,
  downloadSecureFile,
  installSshKey,
  usePythonVersion,
  useNode,
  nodeTool,
  npm,
  useDotNet,
  dotNetCoreCli,
  maven,
  nuGetToolInstaller,
  nuGetCommand,
  nuGetAuthenticate,
  mavenAuthenticate,
  cargoAuthenticate,
  npmAuthenticate,
  pipAuthenticate,
  twineAuthenticate,
  ...standIns,
];

export function builtInRegistry(): TaskRegistry {
  return new TaskRegistry(builtInTasks);
}
