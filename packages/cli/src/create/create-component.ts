// A component from its file: checked with the components that it names, then sent with its code.
import path from 'node:path';
import { parseComponent } from '@ridgeline/azureml-yaml';

import type { Component, FoundOrMade, RidgelineClient } from '@ridgeline/client';
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

export function describeNewComponent({ asset, created }: FoundOrMade<Component>): string {
  const { name, version, type } = asset;
  const found = created ? '' : 'Found existing ';
  return `${found}component '${name}' version ${version} (${type}); jobs name it azureml:${name}:${version}`;
}
