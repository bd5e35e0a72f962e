// `az version`; `az --version` prints the same as text.
import packageFile from '../../../package.json' with { type: 'json' };
import type { AzCommand } from '../az-command.ts';

/** The stand-in is as old as Ridgeline: it has no version of the Azure CLI. */
const own = `${packageFile.version}+ridgeline`;

export const version: AzCommand = {
  words: ['version'],
  about: 'the version of the stand-in',
  flags: [],
  run: async () => ({
    'azure-cli': own,
    'azure-cli-core': own,
    extensions: { 'azure-cli-ml': own },
  }),
};

export function describeVersion(): string {
  return `azure-cli ${own}\n\nRidgeline's stand-in for the Azure CLI: 'az --help' shows what it answers.\n`;
}
