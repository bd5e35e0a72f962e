// Where the templates of a build come from: files as they stand in the commits that it is pinned to.
import { type TemplateSource, tryGit } from '@ridgeline/azure-pipelines';

/** A larger one is no template. */
const maxBytes = 21 * 1024 * 1024;

export interface CommitPlace {
  readonly mirror: string;
  readonly commit: string;
}

export class CommitSource implements TemplateSource {
  readonly #placeOf: (repository: string) => Promise<CommitPlace | undefined>;

  /** `placeOf`: of `self` or an alias. */
  constructor(placeOf: (repository: string) => Promise<CommitPlace | undefined>) {
    this.#placeOf = placeOf;
  }

  async read(repository: string, file: string): Promise<string | undefined> {
    const place = await this.#placeOf(repository);
    if (place === undefined || file.includes('\0')) return undefined;
    const object = `${place.commit}:${file}`;
    const size = await tryGit(place.mirror, ['cat-file', '-s', object]);
    if (size === undefined || Number(size) > maxBytes) return undefined;
    return tryGit(place.mirror, ['cat-file', 'blob', object]);
  }

  async list(repository: string): Promise<readonly string[]> {
    const place = await this.#placeOf(repository);
    if (place === undefined) return [];
    const words = ['ls-tree', '-r', '-z', '--name-only', place.commit];
    const names = (await tryGit(place.mirror, words))?.split('\0') ?? [];
    return names.filter((name) => /\.ya?ml$/i.test(name));
  }
}
