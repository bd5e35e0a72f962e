// Names of stages and jobs as their file has them: what has none there is not called by the one that
// it got.

const unnamed = '__default';

/** `Build.Test.py39@2` → `Build.Test.py39`; without stages `Test.py39`; without jobs `Job`. */
export function jobName(identifier: string): string {
  const names = identifier.replace(/@\d+$/, '').split('.');
  const own = names.filter((name) => name !== unnamed);
  return own.length === 0 ? 'Job' : own.join('.');
}

/** Empty for the stage of a file without stages. */
export function stageName(id: string): string {
  return id === unnamed ? '' : id;
}

export function stageWords(id: string): string {
  return id === unnamed ? 'the pipeline' : `stage ${id}`;
}
