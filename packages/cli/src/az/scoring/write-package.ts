// A scoring package: a folder with the code and the deployment YAML that an endpoint is made of.
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ModelId } from '../models/model-id.ts';

export interface PackageParts {
  readonly model: ModelId;
  readonly code: string;
  /** Undefined: the model scores by itself. */
  readonly script: string | undefined;
  readonly folder: string;
}

/** Whole or not at all; what an earlier call left there is replaced. */
export async function writePackage({ model, code, script, folder }: PackageParts): Promise<void> {
  const draft = `${folder}.${process.pid}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  if (script !== undefined)
    await cp(code, path.join(draft, 'code'), {
      recursive: true,
      filter: (from) => isOurs(from, folder),
    });
  await writeFile(path.join(draft, 'deployment.yml'), deploymentYaml(model, script));
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
}

/** Below the job's workspace, where steps behind this one find it; else among temporary files. */
export function packageFolder({ name, version }: ModelId, env: NodeJS.ProcessEnv): string {
  const base =
    env.PIPELINE_WORKSPACE || env.AGENT_BUILDDIRECTORY || path.join(tmpdir(), 'ridgeline');
  return path.join(base, 'scoring-packages', `${name.replaceAll(/[^\w.-]/g, '_')}-${version}`);
}

const leftOut: ReadonlySet<string> = new Set(['node_modules', '.git', '.ridgeline']);

function isOurs(file: string, folder: string): boolean {
  return !leftOut.has(path.basename(file)) && !file.startsWith(folder);
}

/** Text in quotes of JSON is YAML too. */
function deploymentYaml({ name, version }: ModelId, script: string | undefined): string {
  const lines = [
    '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json',
    'name: blue',
    `endpoint_name: ${JSON.stringify(endpointName(name))}`,
    `model: ${JSON.stringify(`azureml:${name}:${version}`)}`,
  ];
  const code =
    script === undefined
      ? []
      : ['code_configuration:', '  code: code', `  scoring_script: ${JSON.stringify(script)}`];
  return `${[...lines, ...code].join('\n')}\n`;
}

/** Of letters, digits and dashes, with a letter first. */
function endpointName(model: string): string {
  const name = `model-${model.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}`;
  return name.slice(0, 32).replace(/-+$/, '');
}
