// `az ml model package`: on Azure an image in a registry, here a folder that an endpoint is made of.
import path from 'node:path';
import type { AzCommand } from '../az-command.ts';
import { flag, workspaceFlags } from '../grammar/flag.ts';
import { readModelId } from '../models/model-id.ts';
import { servedScript } from '../scoring/entry-script.ts';
import { inferenceConfig } from '../scoring/inference-config.ts';
import { packageFolder, writePackage } from '../scoring/write-package.ts';

export const mlModelPackage: AzCommand = {
  words: ['ml', 'model', 'package'],
  about: 'put a model version and its scoring script into a folder to deploy',
  flags: [
    ...workspaceFlags,
    flag.values('--model -m', { isRequired: true }),
    flag.value('--inference-config-file --ic'),
    flag.value('--entry-script --es'),
    flag.value('--source-directory --sd'),
    flag.value('--conda-file --cf'),
    flag.value('--runtime --rt'),
    flag.value('--output-path'),
    flag.value('--image-name --il', { hasNoEffect: true }),
    flag.value('--image-label', { hasNoEffect: true }),
  ],
  async run(call) {
    const { flags, note, env } = call;
    const model = readModelId(flags);
    const inference = await inferenceConfig(flags);
    const script = await servedScript(inference, note);
    const { client } = await call.workspace();
    await client.models.getVersion(model.name, model.version);
    const asked = flags.one('output-path');
    const folder = asked === undefined ? packageFolder(model, env) : path.resolve(asked);
    await writePackage({ model, code: inference.folder, script, folder });
    note(
      `a local package in the place of a container image: 'ridgeline endpoint create -f ${path.join(folder, 'deployment.yml')} --name NAME' deploys it`,
    );
    if (inference.ignored.length > 0) note(`has no effect here: ${inference.ignored.join(', ')}`);
    return { location: folder, modelId: `${model.name}:${model.version}`, state: 'Succeeded' };
  },
};
