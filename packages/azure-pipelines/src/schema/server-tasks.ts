// The tasks that run without an agent. Extensions may have more: of a task that is not known here
// and has an extension's long name, nothing is claimed.

const serverTasks: ReadonlySet<string> = new Set([
  'azurefunction',
  'azuremonitor',
  'delay',
  'invokerestapi',
  'manualvalidation',
  'mlpublishedpipelinerestapitask',
  'publishtoazureservicebus',
  'queryworkitems',
]);

export type TaskPlace = 'agent' | 'server' | 'unknown';

export function placeOfTask(name: string): TaskPlace {
  const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (serverTasks.has(last)) return 'server';
  const isForeign = last.length < name.length || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/i.test(name);
  return isForeign ? 'unknown' : 'agent';
}

export const serverTaskExamples = ['Delay', 'ManualValidation', 'InvokeRESTAPI'] as const;
