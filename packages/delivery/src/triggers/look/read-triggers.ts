// What of a pipeline's file starts builds: its own keys alone. Templates cannot hold triggers, so
// none is read here, and a mistake elsewhere in the file stops no trigger.
import {
  DiagnosticSink,
  formatDiagnostic,
  type MappingNode,
  type PipelineResource,
  type PullRequestTrigger,
  type PushTrigger,
  type RepositoryResource,
  readYaml,
  type Schedule,
  toPipeline,
  type WebhookResource,
} from '@ridgeline/azure-pipelines';

export interface FileTriggers {
  /** Undefined where the file says nothing: every branch. */
  readonly push: PushTrigger | undefined;
  /** Undefined where the file says nothing: every target branch. */
  readonly pull: PullRequestTrigger | undefined;
  readonly schedules: readonly Schedule[];
  /** Other pipelines whose runs this one uses, or waits for. */
  readonly pipelines: readonly PipelineResource[];
  /** Other repositories; those with a trigger start builds. */
  readonly repositories: readonly RepositoryResource[];
  readonly webhooks: readonly WebhookResource[];
}

/** The keys that are read; of the steps below them only that there are some. */
const keys: ReadonlySet<string> = new Set(['trigger', 'pr', 'schedules', 'resources']);
const anySteps = 'steps: [{ script: "true" }]';

/** The triggers, or what is wrong with them. */
export function readTriggers(text: string, file: string): FileTriggers | string {
  const sink = new DiagnosticSink();
  const root = readYaml(text, file, sink);
  const work = readYaml(anySteps, file, new DiagnosticSink());
  if (root?.kind === 'mapping' && work?.kind === 'mapping') {
    const pipeline = toPipeline(withSteps(root, work), sink);
    if (pipeline !== undefined) {
      const { trigger: push, pr: pull, schedules, resources } = pipeline;
      const { pipelines, repositories, webhooks } = resources;
      return { push, pull, schedules, pipelines, repositories, webhooks };
    }
  }
  const [mistake] = sink.diagnostics.filter(({ severity }) => severity === 'error');
  return mistake === undefined ? `${file} holds no pipeline` : formatDiagnostic(mistake);
}

function withSteps(root: MappingNode, work: MappingNode): MappingNode {
  const own = root.entries.filter(({ key }) => keys.has(key.text));
  return { ...root, entries: [...own, ...work.entries] };
}
