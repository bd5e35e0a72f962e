// What a flag looks like, and the flags that many calls share.

export interface Flag {
  readonly name: string;
  /** Long ones first, such as `--workspace-name` and `-w`. */
  readonly spellings: readonly string[];
  readonly takes: 'nothing' | 'value' | 'values';
  readonly isRequired?: boolean;
  /** Known to the Azure CLI, and of no meaning here: the call says so. */
  readonly hasNoEffect?: boolean;
}

type Rest = Partial<Pick<Flag, 'isRequired' | 'hasNoEffect'>>;

export const flag = {
  /** `spellings` with blanks between; the first one, without its dashes, is the flag's name. */
  value: (spellings: string, rest: Rest = {}): Flag => make(spellings, 'value', rest),
  values: (spellings: string, rest: Rest = {}): Flag => make(spellings, 'values', rest),
  switch: (spellings: string, rest: Rest = {}): Flag => make(spellings, 'nothing', rest),
};

function make(spellings: string, takes: Flag['takes'], rest: Rest): Flag {
  const all = spellings.split(' ');
  return { name: (all[0] ?? '').replace(/^-+/, ''), spellings: all, takes, ...rest };
}

/** Of every call. */
export const globalFlags: readonly Flag[] = [
  flag.value('--output -o'),
  flag.value('--query'),
  flag.switch('--only-show-errors'),
  flag.switch('--verbose -v'),
  flag.switch('--debug', { hasNoEffect: true }),
  flag.switch('--help -h'),
];

/** Of the calls on a workspace: here there is one, whatever it is called. */
export const workspaceFlags: readonly Flag[] = [
  flag.value('--resource-group -g'),
  flag.value('--workspace-name -w'),
  flag.value('--subscription-id --subscription'),
];
