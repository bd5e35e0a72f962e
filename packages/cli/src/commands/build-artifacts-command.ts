// `ridgeline build artifacts`: what a build has published.
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { printEither } from '../output/print.ts';
import { formatTable } from '../output/table.ts';
import { type DownloadedArtifact, downloadArtifact } from '../submit/download-artifact.ts';

export function buildArtifactsCommand(): Command {
  return new Command('artifacts')
    .description('what a build has published')
    .addCommand(listCommand())
    .addCommand(downloadCommand());
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the artifacts of a build')
    .argument('<id>', 'the number of the build')
    .action(async (id: string, options: CommonOptions) => {
      const artifacts = await (await connect(options)).builds.artifacts(id);
      const rows = artifacts.map(({ name, files, sizeBytes }) => [
        name,
        String(files),
        String(sizeBytes),
      ]);
      printEither(options.json, artifacts, () => formatTable(['ARTIFACT', 'FILES', 'BYTES'], rows));
    });
}

function downloadCommand(): Command {
  return withConnection(new Command('download'))
    .description('bring artifacts here, each to a folder of its name')
    .argument('<id>', 'the number of the build')
    .argument('[name]', 'one of them; default: all')
    .option('--output <folder>', 'where to', '.')
    .action(
      async (id: string, name: string | undefined, options: CommonOptions & { output: string }) => {
        const client = await connect(options);
        const names =
          name === undefined
            ? (await client.builds.artifacts(id)).map((artifact) => artifact.name)
            : [name];
        const downloaded: DownloadedArtifact[] = [];
        for (const each of names) {
          downloaded.push(await downloadArtifact(client, id, each, options.output));
        }
        printEither(options.json, downloaded, () =>
          downloaded
            .map(({ name: of, folder, files }) => `${of}: ${files} files in ${folder}`)
            .join('\n'),
        );
      },
    );
}
