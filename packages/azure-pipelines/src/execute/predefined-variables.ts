// The predefined variables that only the machine on which a job runs can know, and those of the job
// itself. What belongs to the run (Build.BuildId, Build.SourceBranch …) comes with the job.

import os from 'node:os';
import type { JobRun } from '../orchestrate/job-run.ts';
import type { JobFolders } from './job-folders.ts';
import { stableId, stableNumber } from './stable-id.ts';
import type { StepRecord } from './step-record.ts';

type Values = Readonly<Record<string, string>>;

/** These stand above what the job brings: no one else can know them. */
export function machineVariables(folders: JobFolders): Values {
  return {
    'Agent.BuildDirectory': folders.workspace,
    'Agent.HomeDirectory': folders.home,
    'Agent.MachineName': os.hostname(),
    'Agent.OS': systemNames[process.platform] ?? 'Linux',
    'Agent.OSArchitecture': architectures[process.arch] ?? process.arch.toUpperCase(),
    'Agent.RootDirectory': folders.work,
    'Agent.TempDirectory': folders.temp,
    'Agent.ToolsDirectory': folders.tools,
    'Agent.WorkFolder': folders.work,
    'Build.ArtifactStagingDirectory': folders.staging,
    'Build.BinariesDirectory': folders.binaries,
    'Build.Repository.LocalPath': folders.sources,
    'Build.SourcesDirectory': folders.sources,
    'Build.StagingDirectory': folders.staging,
    'Common.TestResultsDirectory': folders.testResults,
    'Pipeline.Workspace': folders.workspace,
    'System.ArtifactsDirectory': folders.staging,
    'System.DefaultWorkingDirectory': folders.workingDirectory,
  };
}

const systemNames: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows_NT',
};

const architectures: Readonly<Record<string, string>> = {
  x64: 'X64',
  ia32: 'X86',
  arm: 'ARM',
  arm64: 'ARM64',
};

/** These stand below what the job brings, which knows its stage, its names and its places itself. */
export function jobVariables(run: JobRun): Values {
  const { environment } = run;
  return {
    'Agent.Id': '1',
    'Agent.JobName': run.displayName,
    'Agent.Name': os.hostname(),
    'Agent.RetainDefaultEncoding': 'false',
    'Agent.Version': agentVersion,
    'System.Culture': 'en-US',
    'System.HostType': 'build',
    'System.JobId': stableId(run.id),
    TF_BUILD: 'True',
    ...(environment === undefined ? {} : environmentIds(environment)),
  };
}

/** Of one step, while it runs. */
export function stepVariables(run: JobRun, { id, refName, displayName }: StepRecord): Values {
  return {
    'System.TaskDisplayName': displayName,
    'System.TaskInstanceId': stableId(`${run.id}/${id}`),
    'System.TaskInstanceName': refName,
  };
}

/** Scripts ask for the version that brought what they need; every part of it is here. */
const agentVersion = '4.999.0';

function environmentIds({ name, resourceName }: NonNullable<JobRun['environment']>): Values {
  const resource = resourceName === undefined ? '' : stableNumber(`${name}/${resourceName}`);
  return { 'Environment.Id': stableNumber(name), 'Environment.ResourceId': resource };
}
