// The commit that a folder's files are of, as the tags by which MLflow and Azure ML know it.
import { tryGit } from '@ridgeline/azure-pipelines/git';

/** None where the folder is in no repository, or git is not there. */
export async function sourceTags(folder: string): Promise<Readonly<Record<string, string>>> {
  const ask = async (...words: readonly string[]) => (await tryGit(folder, words))?.trim();
  const commit = await ask('rev-parse', '--verify', 'HEAD');
  if (!commit) return {};
  const [branch, repository, changes] = await Promise.all([
    ask('symbolic-ref', '--quiet', '--short', 'HEAD'),
    ask('config', '--get', 'remote.origin.url'),
    // Files elsewhere in the repository are no part of the job.
    ask('status', '--porcelain', '--', '.'),
  ]);
  return {
    'mlflow.source.git.commit': commit,
    ...(branch && { 'mlflow.source.git.branch': branch }),
    ...(repository && { 'mlflow.source.git.repoURL': withoutPassword(repository) }),
    ...(changes !== undefined && { 'azureml.git.dirty': String(changes !== '') }),
  };
}

function withoutPassword(address: string): string {
  const url = URL.parse(address);
  if (url === null || (url.username === '' && url.password === '')) return address;
  url.username = '';
  url.password = '';
  return url.href;
}
