// Where templates come from. The compile pass opens no file itself.

export interface TemplateSource {
  /** The text of a file, undefined where there is none. `repository`: `self`, or the alias of a
   * repository of `resources`. `path`: from the root of that repository, `/` between its parts and
   * none in front. */
  read(repository: string, path: string): Promise<string | undefined>;
  /** The paths of a repository's YAML files, for "did you mean". */
  list?(repository: string): Promise<readonly string[]>;
}

/** Texts by path, those of other repositories by `path@alias`. */
export function sourceOf(texts: Readonly<Record<string, string>>): TemplateSource {
  const files = new Map(Object.entries(texts));
  const suffixOf = (repository: string) => (repository === 'self' ? '' : `@${repository}`);
  return {
    read: async (repository, path) => files.get(path + suffixOf(repository)),
    list: async (repository) => {
      const suffix = suffixOf(repository);
      const own = [...files.keys()].filter((name) => name.includes('@') === (suffix !== ''));
      return own.filter((name) => name.endsWith(suffix)).map((name) => name.replace(suffix, ''));
    },
  };
}
