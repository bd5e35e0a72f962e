// The projects that `ridgeline init` copies, and the words in them that become the new project's name.
import { fileURLToPath } from 'node:url';

export interface ProjectTemplate {
  readonly name: string;
  readonly folder: string;
  /** The project's name in texts and file names, as an identifier. */
  readonly identifier: string;
  /** A shorter form that stands for it too; null where there is none. */
  readonly short: string | null;
  /** What to type in the new project, one command a line. */
  readonly nextCommands: readonly string[];
}

const folderOf = (name: string) =>
  fileURLToPath(new URL(`../../../../templates/${name}`, import.meta.url));

export const templates = [
  {
    name: 'diabetes-regression',
    folder: folderOf('diabetes-regression'),
    identifier: 'diabetes_regression',
    short: 'diabetes',
    nextCommands: ['npm install', 'npm test', 'npm start'],
  },
  {
    name: 'automl-lifecycle',
    folder: folderOf('automl-lifecycle'),
    identifier: 'automl_lifecycle',
    short: null,
    nextCommands: ['npm install', 'npm test', 'npm start'],
  },
] as const satisfies readonly ProjectTemplate[];

export const defaultTemplate: ProjectTemplate = templates[0];

export function templateNamed(name: string): ProjectTemplate | undefined {
  return templates.find((template) => template.name === name);
}
