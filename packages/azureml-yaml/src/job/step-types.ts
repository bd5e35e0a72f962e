// The steps of a pipeline, told apart by `type`. Names that users choose are keys of maps, in the
// order of the file; null stands for a key that the file does not have.
import type { AutoMLFields } from './automl-types.ts';
import type {
  LiteralStepInput,
  LiteralValue,
  ParentInputBinding,
  StepInput,
  StepOutput,
  StepOutputBinding,
} from './port-types.ts';
import type { SweepFields } from './sweep-types.ts';

export const priorities = ['low', 'medium', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** From the properties `ridgeline.max_retries` and `ridgeline.retry_backoff_seconds`. */
export interface RetryPolicy {
  /** Default 0. */
  readonly maxRetries: number;
  /** Before the first retry; doubles each time, to 600 at most. Default 10. */
  readonly backoffSeconds: number;
}

/** What a job on its own and a step both say. */
export interface WorkFields {
  readonly displayName: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  /** Without the prefix `azureml:`. */
  readonly compute: string | null;
  readonly environmentVariables: ReadonlyMap<string, string>;
  /** From `queue_settings.priority`; default `medium`. */
  readonly priority: Priority;
  readonly retry: RetryPolicy;
  /** From the component's `is_deterministic`; default true. False: its results are never reused. */
  readonly isDeterministic: boolean;
  /** Default 1; more only for parallel steps. */
  readonly instanceCount: number;
}

export interface StepBase extends WorkFields {
  readonly name: string;
  readonly inputs: ReadonlyMap<string, StepInput>;
  readonly outputs: ReadonlyMap<string, StepOutput>;
  /** The steps that it waits for, each once: those whose outputs it reads, in the order of its
   * inputs, then the condition whose branch it stands in. */
  readonly dependsOn: readonly string[];
  /** It runs only when this condition is met; else it and what needs it is skipped. */
  readonly when: { readonly step: string; readonly equals: boolean } | null;
}

/** What is run as one process. */
export interface CommandFields {
  /** A template that `renderCommand` fills in. */
  readonly command: string;
  /** A local folder as `localPaths` names it, or code of a registered component
   * (`azureml://components/NAME/versions/VERSION/PATH`). */
  readonly code: string | null;
  /** As written, such as `azureml:ridgeline-node@latest`; one that stands in the file itself is a
   * text that `readInlineEnvironment` reads. */
  readonly environment: string | null;
  /** At least 1. */
  readonly timeoutSeconds: number | null;
}

export interface CommandStep extends StepBase, CommandFields {
  readonly type: 'command';
}

/** A program that is given the data in parts, many at once. */
export interface ParallelTask {
  /** `run_function`: the entry script has `init()` and `run(mini_batch)`; `function` is the same. */
  readonly kind: 'run_function' | 'model';
  readonly code: string | null;
  /** A path within the code; empty for a model. */
  readonly entryScript: string;
  /** A template: `${{inputs.x}}` and `${{outputs.x}}`. */
  readonly programArguments: string;
  /** As of a command. */
  readonly environment: string | null;
  /** The output that what `run` returns is appended to, a line each; null to keep nothing of it. */
  readonly appendRowTo: string | null;
  readonly model: string | null;
}

export interface ParallelFields {
  readonly task: ParallelTask;
  /** The input that is cut into parts. */
  readonly inputData: string;
  /** As written: `10` files, or `10kb`, `1mb`, `1gb` of a table. Default `1`. */
  readonly miniBatchSize: string;
  /** Parts that may fail; -1 for any number. Default -1. */
  readonly miniBatchErrorThreshold: number;
  /** Files or rows that may fail; -1 for any number. Default -1. */
  readonly errorThreshold: number;
  readonly loggingLevel: 'WARNING' | 'INFO' | 'DEBUG';
  /** Default 1. */
  readonly maxConcurrencyPerInstance: number;
  /** Of one part. */
  readonly retrySettings: { readonly maxRetries: number; readonly timeoutSeconds: number };
  readonly timeoutSeconds: number | null;
}

export interface ParallelStep extends StepBase, ParallelFields {
  readonly type: 'parallel';
}

/** Its inputs hold the data under the names that the fields give. */
export interface AutoMLStep extends StepBase, AutoMLFields {
  readonly type: 'automl';
}

export interface SweepStep extends StepBase, SweepFields {
  readonly type: 'sweep';
}

/** The steps of its branches carry `when`. */
export interface ConditionStep extends StepBase {
  readonly type: 'if_else';
  /** Of type boolean; also its input `condition`. */
  readonly condition: StepInput;
}

/** One output of one step. */
export interface OutputOfStep {
  readonly step: string;
  readonly output: string;
}

/** A loop's body: steps that are templates for each turn. They are not among the pipeline's steps,
 * and their names are unique among those. A `stepOutput` of an input refers to the same turn where
 * the body holds the step, else to a step of the pipeline. */
interface Repeating {
  readonly body: ReadonlyMap<string, Step>;
  /** Which step of the body writes each output of the loop. */
  readonly outputsFrom: ReadonlyMap<string, OutputOfStep>;
}

/** Its body runs, and runs again while the condition is true. Its outputs are the last turn's. */
export interface LoopStep extends StepBase, Repeating {
  readonly type: 'do_while';
  /** A boolean output of a step of the body; null to go on for as many turns as there may be. */
  readonly condition: OutputOfStep | null;
  /** From one turn to the next. The step need not have had the input in the first turn. */
  readonly mapping: readonly {
    readonly from: OutputOfStep;
    readonly to: { readonly step: string; readonly input: string };
  }[];
  /** 1 to 1000. */
  readonly maxIterations: number;
}

/** What one turn of a `parallel_for` is given, by input name. */
export type ForEachItem = Readonly<Record<string, LiteralValue>>;

/** Its body runs once an item. Each of its outputs is of all turns: a folder with one entry a turn,
 * `0`, `1` and so on; of a literal type it is the text of a JSON list. */
export interface ForEachStep extends StepBase, Repeating {
  readonly type: 'parallel_for';
  /** All but the list are text that `parseItems` reads. */
  readonly items:
    | { readonly kind: 'list'; readonly list: readonly ForEachItem[] }
    | LiteralStepInput
    | ParentInputBinding
    | StepOutputBinding;
  readonly maxConcurrency: number | null;
}

export type Step =
  | CommandStep
  | ParallelStep
  | AutoMLStep
  | SweepStep
  | ConditionStep
  | LoopStep
  | ForEachStep;

export type StepType = Step['type'];
