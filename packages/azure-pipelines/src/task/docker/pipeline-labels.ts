// Labels of an image that say from which build it came.

import type { TaskVariables } from '../task.ts';

const labels = {
  'com.azure.dev.image.build.sourceversion': 'Build.SourceVersion',
  'com.azure.dev.image.build.repository.name': 'Build.Repository.Name',
  'com.azure.dev.image.build.repository.uri': 'Build.Repository.Uri',
  'com.azure.dev.image.build.sourcebranchname': 'Build.SourceBranchName',
  'com.azure.dev.image.build.definitionname': 'Build.DefinitionName',
  'com.azure.dev.image.build.buildnumber': 'Build.BuildNumber',
  'com.azure.dev.image.system.teamfoundationcollectionuri': 'System.TeamFoundationCollectionUri',
  'com.azure.dev.image.system.teamproject': 'System.TeamProject',
} as const;

export function pipelineLabels(variables: Pick<TaskVariables, 'get'>): readonly string[] {
  return Object.entries(labels).flatMap(([label, name]) => {
    const value = variables.get(name);
    return value === undefined || value === '' ? [] : ['--label', `${label}=${value}`];
  });
}
