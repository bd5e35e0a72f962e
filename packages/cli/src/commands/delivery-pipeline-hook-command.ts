// `ridgeline delivery-pipeline hook`: lets the server of a repository tell of pushes at once.
import type { HookSecret } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect, serverUrl } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatFields } from '../output/table.ts';

interface HookOptions extends CommonOptions {
  readonly delete?: true;
}

const examples = `
Examples:
  ridgeline delivery-pipeline hook Model-CI
  ridgeline delivery-pipeline hook Model-CI --delete`;

export function deliveryPipelineHookCommand(): Command {
  return withConnection(new Command('hook'))
    .description('make a secret for the hooks of its repository, in the place of an older one')
    .argument('<name>', 'its name')
    .option('--delete', 'take no hooks any more')
    .addHelpText('after', examples)
    .action(async (name: string, options: HookOptions) => {
      const { deliveryPipelines } = await connect(options);
      if (options.delete) {
        await deliveryPipelines.deleteHookSecret(name);
        const said = `delivery pipeline '${name}' takes no hooks any more`;
        printEither(options.json, { name, deleted: true }, () => said);
        return;
      }
      const made = await deliveryPipelines.makeHookSecret(name);
      const hook = {
        ...made,
        url: `${(await serverUrl(options)).replace(/\/+$/, '')}${made.path}`,
      };
      printEither(options.json, hook, () => describe(hook));
    });
}

function describe({ url, secret }: HookSecret & { readonly url: string }): string {
  const fields = formatFields([
    ['payload URL', url],
    ['content type', 'application/json'],
    ['secret', secret],
  ]);
  return `${fields}

The secret is not shown again. GitHub and Gitea sign with it, GitLab sends it as its token; in a service
hook of Azure Repos it is the password of basic authentication. A webhook of the pipeline's resources
goes to ${url}/ALIAS.`;
}
