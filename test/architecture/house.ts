// The house as the design draws it: which package stands on which floor. A package may import only
// packages on floors below its own.

export const floors: ReadonlyMap<string, number> = new Map([
  ['tabular', 1],
  ['azureml-yaml', 1],
  ['azure-pipelines', 1],
  ['learn', 2],
  ['automl', 3],
  ['scoring', 3],
  ['workspace', 4],
  ['jobs', 5],
  ['endpoints', 5],
  ['delivery', 6],
  ['server', 7],
  ['client', 8],
  ['cli', 9],
]);

/** Whether a package may import another: both by their names, such as `learn`. */
export function mayImport(importer: string, imported: string): boolean {
  const from = floors.get(importer);
  const to = floors.get(imported);
  return from !== undefined && to !== undefined && to < from;
}

/** Packages that may import only types of ours, as they run where the others are not installed. */
export const typesOnly: ReadonlySet<string> = new Set(['client']);

/** Where `learn` may use Node's own modules: elsewhere it runs in any JavaScript engine. */
export const learnNodeFolders: readonly string[] = ['src/model-folder/', 'src/worker/'];
