// What a client sends to have a job run: the YAML file as it stands, and what the files that it
// names have become on the server.

export interface JobSubmission {
  /** The text of the job's YAML file. */
  readonly definition: string;
  /** Its name, for messages: at most 1,024 characters. */
  readonly fileName: string;
  /** For each `code` path of the definition, as written there, the id of the uploaded code. */
  readonly code: Readonly<Record<string, string>>;
  /** For each local data path of the definition, as written there, the URI of the uploaded data. */
  readonly uploads: Readonly<Record<string, string>>;
  /** Values for the pipeline's inputs, over those of the definition. */
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  readonly experimentName?: string;
  readonly displayName?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Texts of component files, by the reference that the definition has for each. */
  readonly components?: Readonly<Record<string, SubmittedComponent>>;
  /** Texts of the conda files of environments that stand in the definition, by their path there. */
  readonly condaFiles?: Readonly<Record<string, string>>;
  /** In place of the definition's `settings.continue_on_step_failure`. */
  readonly continueOnStepFailure?: boolean;
  /** All steps run, whatever earlier jobs have done; in place of `settings.force_rerun`. */
  readonly forceRerun?: boolean;
  readonly properties?: Readonly<Record<string, string>>;
  /** Tags for the runs of steps, by the step's name. */
  readonly stepTags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** In place of the definition's `settings.default_compute`. */
  readonly defaultCompute?: string;
  /** What the run says of where it came from (`mlflow.source.name`). */
  readonly runSource?: string;
  /** The run that the job's root run stands under. */
  readonly parentRunId?: string;
}

/** The text of a component, as `parseJob` takes it. */
export interface SubmittedComponent {
  readonly text: string;
  readonly fileName: string;
  /** What `code` paths of the component are relative to. */
  readonly codeBase: string;
}

/** Who submits a job, and what does it for them. */
export interface SubmittedBy {
  /** A person, a service principal or a token; default: empty. */
  readonly submittedBy?: string;
  /** `api`, `cli`, `schedule:NAME`, `pipeline:ID`; default `api`. */
  readonly source?: string;
  /**
   * The id that the job is to have: 32 hexadecimal digits. Where a job of that id is there already,
   * it is the answer, so that who was cut off can ask again. Default: a new one.
   */
  readonly jobId?: string;
  /** The id of a user who gets MANAGE on the experiment, where the job is the first of it; default: nobody. */
  readonly managerId?: string | undefined;
  /** Asks whether they may use what the job was found to use, before anything is written; default: they may. */
  readonly mayUse?: ((uses: JobUses) => Promise<void>) | undefined;
}

/** What of the workspace a job uses, by whoever's right that is. */
export interface JobUses {
  readonly experimentName: string;
  /** Names of registered models. */
  readonly models: readonly string[];
}

/** What an input stood for when the job was submitted: `@latest` is pinned to a version here. */
export type ResolvedInput =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'data'; readonly name: string; readonly version: string }
  | { readonly kind: 'model'; readonly name: string; readonly version: string }
  | { readonly kind: 'uri'; readonly uri: string };

export interface ResolvedInputs {
  /** The pipeline's inputs. */
  readonly pipeline: Readonly<Record<string, ResolvedInput>>;
  /** For each step, those of its inputs that name data or models themselves. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, ResolvedInput>>>>;
  /** For each environment, as written, its reference with a version. */
  readonly environments?: Readonly<Record<string, string>>;
}

/** The names of the registered models among them. */
export function modelsOf({ pipeline, steps }: ResolvedInputs): readonly string[] {
  const inputs = [pipeline, ...Object.values(steps)].flatMap((each) => Object.values(each));
  return [...new Set(inputs.flatMap((each) => (each.kind === 'model' ? [each.name] : [])))];
}

/** The input as text, as users write it. */
export function describeInput(input: ResolvedInput): string {
  switch (input.kind) {
    case 'literal':
      return input.value;
    case 'uri':
      return input.uri;
    case 'data':
    case 'model':
      return `azureml:${input.name}:${input.version}`;
  }
}
