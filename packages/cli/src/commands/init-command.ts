// `ridgeline init`: a project of one's own from a template.
import path from 'node:path';
import { Command, Option } from 'commander';
import { createProject } from '../init/create-project.ts';
import { defaultTemplate, templateNamed, templates } from '../init/templates.ts';
import { printNote, printResult } from '../output/print.ts';

export function initCommand(): Command {
  return new Command('init')
    .description('make a new project from a template')
    .argument('<directory>', 'where it goes: a new or an empty folder')
    .requiredOption('--name <name>', 'its name: 3 to 15 letters and underscores')
    .addOption(
      new Option('--template <template>', 'what it starts from')
        .choices(templates.map((template) => template.name))
        .default(defaultTemplate.name),
    )
    .option('--verbose', 'show where an error comes from')
    .addHelpText(
      'after',
      '\nExamples:\n  ridgeline init ./house-prices --name house_prices\n  ridgeline init ./cpus --name cpu_speed --template automl-lifecycle',
    )
    .action(async (directory: string, options: { name: string; template: string }) => {
      const template = templateNamed(options.template) ?? defaultTemplate;
      const target = await createProject(directory, options.name, template);
      printResult(target);
      const folder = path.relative(process.cwd(), target) || '.';
      printNote(['\nNext:', `cd ${folder}`, ...template.nextCommands].join('\n  '));
    });
}
