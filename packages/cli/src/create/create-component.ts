// A component from its file: checked with the components that it names, then sent with its code.
import path from 'node:path';
import { parseComponent } from '@ridgeline/azureml-yaml';

import type { Component, FoundOrMade, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { readTextFile } from '../submit/read-text-file.ts';
import { uploadCode } from '../submit/upload-code.ts';
import { parseWithComponents } from './component-files.ts';
import { takeParsed } from './take-parsed.ts';

export interface ComponentOptions {
  /** Over the file's own. */
  readonly version?: string | undefined;
}

/** @throws CliError FILE_NOT_FOUND, FILE_INVALID */
export async function createComponent(
  client: RidgelineClient,
  file: string,
  options: ComponentOptions = {},
): Promise<FoundOrMade<Component>> {
  const text = await readTextFile(file);
  const { parsed, local } = await parseWithComponents(client, file, (components) =>
    parseComponent(text, { fileName: file, components }),
  );
  const component = takeParsed(file, 'a component', parsed.component, parsed.diagnostics);
  refuseCondaFiles(file, component.condaFiles);
  const version = options.version ?? component.version;
  return client.components.create({
    name: component.name,
    ...(version !== null && { version }),
    text,
    fileName: path.basename(file),
    code: await uploadCode(client, path.dirname(file), component.code),
    components: local,
  });
}

/** A component is used where its author's files are not. */
function refuseCondaFiles(file: string, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const message =
    `${file} has an environment with the conda file '${paths[0]}', which is not registered with a component; ` +
    "write its content under 'conda_file', or register the environment with 'ridgeline create -f ENVIRONMENT.yml' " +
    "and name it: 'azureml:NAME@latest'";
  throw new CliError('FILE_INVALID', message);
}

export function describeNewComponent({ asset, created }: FoundOrMade<Component>): string {
  const { name, version, type } = asset;
  const found = created ? '' : 'Found existing ';
  return `${found}component '${name}' version ${version} (${type}); jobs name it azureml:${name}:${version}`;
}
