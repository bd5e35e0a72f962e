// Predefined variables that come with the agent of a job, and so have no value before.
import { jobFolders } from '../../execute/job-folders.ts';
import { machineVariables } from '../../execute/predefined-variables.ts';

const ofJobs = [
  'Agent.ContainerMapping',
  'Agent.Id',
  'Agent.JobName',
  'Agent.JobStatus',
  'Agent.Name',
  'Agent.Version',
  'Environment.Id',
  'Environment.ResourceId',
  'System.JobId',
];

export const agentVariables: readonly string[] = [
  ...Object.keys(machineVariables(jobFolders('_work', '1'))),
  ...ofJobs,
];
