// Adds to a submission what the workspace knows of it: the texts of the registered components that
// it names, and the ids of their code. It is stored so, and a job taken up again reads the same,
// whatever has become of `@latest` by then.
import { parseJob } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { ownValue } from '../own-value.ts';
import { Problems } from './problems.ts';
import { componentSource } from './read-definition.ts';
import type { JobSubmission, SubmittedComponent } from './submission.ts';

/** Each round loads what the files of the round before name. */
const maxNesting = 16;
const maxComponents = 200;
const registered = /^azureml:/;

/** @throws JobError JOB_UPLOAD_MISSING; RidgelineError COMPONENT_NOT_FOUND */
export async function completeSubmission(
  workspace: Workspace,
  submission: JobSubmission,
): Promise<JobSubmission> {
  let complete = submission;
  for (let round = 0; round < maxNesting; round += 1) {
    const { definition, fileName } = complete;
    const components = componentSource(complete);
    const { missingComponents } = parseJob(definition, { fileName, components });
    if (missingComponents.length === 0) return complete;
    const texts = await loadComponents(workspace, missingComponents);
    complete = { ...complete, components: { ...complete.components, ...texts } };
    if (Object.keys(complete.components ?? {}).length > maxComponents) break;
  }
  const message = `the job's components are nested more than ${maxNesting} deep, or are more than ${maxComponents}`;
  throw new JobError('JOB_DEFINITION_INVALID', message);
}

async function loadComponents(
  workspace: Workspace,
  references: readonly string[],
): Promise<Record<string, SubmittedComponent>> {
  const problems = new Problems();
  const texts: Array<readonly [string, SubmittedComponent]> = [];
  for (const reference of references) {
    const text = await problems.of(() => loadComponent(workspace, reference));
    if (text !== undefined) texts.push([reference, text]);
  }
  problems.throwIfAny();
  return Object.fromEntries(texts);
}

async function loadComponent(workspace: Workspace, reference: string): Promise<SubmittedComponent> {
  if (registered.test(reference)) return workspace.components.textOf(reference);
  const message = `the component file '${reference}' was not sent with the job; submit it with 'ridgeline job create', which sends it`;
  throw new JobError('JOB_UPLOAD_MISSING', message);
}

/** The id of the code that a definition names, as uploaded or as part of a registered component. */
export async function codeIdOf(
  workspace: Workspace,
  submission: JobSubmission,
  code: string,
): Promise<string> {
  const uploaded = ownValue(submission.code, code);
  const id =
    uploaded ?? (registered.test(code) ? await workspace.components.codeOf(code) : undefined);
  if (id === undefined) {
    throw new JobError('JOB_UPLOAD_MISSING', `the code folder '${code}' has not been uploaded`);
  }
  await workspace.code.folder(id);
  return id;
}
