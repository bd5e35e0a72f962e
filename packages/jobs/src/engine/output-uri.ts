// The place on a datastore that an output asks for. Azure ML's placeholders stand for parts of it:
// `${{name}}` the run of the step, `${{output_name}}`, and `${{default_datastore}}`.
import type { PipelineJob, Step } from '@ridgeline/azureml-yaml';
import { defaultDatastoreName } from '@ridgeline/workspace';

/** Azure ML's own place for outputs that name none. */
const defaultPath =
  'azureml://datastores/${{default_datastore}}/paths/azureml/${{name}}/${{output_name}}';

export function outputUri(path: string, runId: string, output: string): string {
  return fill(path, { name: runId, output_name: output });
}

/** The step with a place for each output that is to be registered, and the job's datastore in all. */
export function withOutputPlaces(step: Step, { settings }: Pick<PipelineJob, 'settings'>): Step {
  const values = { default_datastore: settings.defaultDatastore ?? defaultDatastoreName };
  const outputs = [...step.outputs].map(([name, output]) => {
    const path = output.path ?? (output.register === null ? null : defaultPath);
    return [name, { ...output, path: path === null ? null : fill(path, values) }] as const;
  });
  return { ...step, outputs: new Map(outputs) };
}

function fill(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(
    /\$\{\{\s*([A-Za-z_]+)\s*\}\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
}
