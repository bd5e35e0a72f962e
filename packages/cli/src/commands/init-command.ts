// `ridgeline init`: a project of one's own from the sample.
import path from 'node:path';
import { Command } from 'commander';
import { createProject } from '../init/create-project.ts';
import { printNote, printResult } from '../output/print.ts';

export function initCommand(): Command {
  return new Command('init')
    .description('make a new project from the sample project')
    .argument('<directory>', 'where it goes: a new or an empty folder')
    .requiredOption('--name <name>', 'its name: 3 to 15 letters and underscores')
    .option('--verbose', 'show where an error comes from')
    .addHelpText('after', '\nExample:\n  ridgeline init ./house-prices --name house_prices')
    .action(async (directory: string, { name }: { name: string }) => {
      const target = await createProject(directory, name);
      printResult(target);
      const folder = path.relative(process.cwd(), target) || '.';
      printNote(`\nNext:\n  cd ${folder}\n  npm install\n  npm test\n  npm start`);
    });
}
