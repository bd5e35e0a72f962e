// What a pipeline uses from outside its own repository, by alias.

import type { Origin } from '../text/origin.ts';
import type { Filters, PushTrigger } from '../trigger/trigger.ts';
import type { Text } from './pipeline.ts';

export interface Resources {
  readonly repositories: readonly RepositoryResource[];
  readonly pipelines: readonly PipelineResource[];
  readonly containers: readonly Container[];
  readonly builds: readonly OtherResource[];
  readonly packages: readonly OtherResource[];
  readonly webhooks: readonly WebhookResource[];
}

export interface RepositoryResource {
  /** `self` may be among them: options of the implicit checkout in old files. */
  readonly alias: string;
  readonly type: string;
  readonly name?: Text;
  readonly ref?: Text;
  readonly endpoint?: Text;
  /** Undefined: its pushes start nothing. */
  readonly trigger?: PushTrigger;
  readonly origin: Origin;
}

export interface PipelineResource {
  readonly alias: string;
  /** The name of the pipeline. */
  readonly source: Text;
  readonly project?: Text;
  readonly version?: Text;
  readonly branch?: Text;
  /** A run has to carry all of them. */
  readonly tags: readonly Text[];
  /** Undefined: its runs start nothing. */
  readonly trigger?: CompletionTrigger;
  readonly origin: Origin;
}

/** Starts a run when another pipeline's run has ended well. */
export interface CompletionTrigger {
  readonly branches?: Filters;
  /** The run has to carry all of them. */
  readonly tags: readonly string[];
  /** All of them have to have succeeded; none named: the whole run. */
  readonly stages: readonly string[];
}

export interface Container {
  /** Undefined for an image that a job names itself. */
  readonly alias?: string;
  readonly image: Text;
  readonly endpoint?: Text;
  readonly env: ReadonlyMap<string, Text>;
  readonly options?: Text;
  readonly ports: readonly Text[];
  readonly volumes: readonly Text[];
  readonly mapDockerSocket?: Text;
  readonly mountReadOnly: readonly string[];
  readonly localImage: boolean;
  /** A push of the image with such a tag starts a run. */
  readonly trigger?: ContainerTrigger;
  readonly origin: Origin;
}

export interface ContainerTrigger {
  /** Undefined: any tag. */
  readonly tags?: Filters;
}

export interface WebhookResource {
  readonly alias: string;
  readonly connection: Text;
  readonly type?: Text;
  readonly filters: readonly { readonly path: Text; readonly value: Text }[];
  readonly origin: Origin;
}

/** Builds of other systems and packages: kept by alias, with what the file says of them. */
export interface OtherResource {
  readonly alias: string;
  readonly type: string;
  readonly properties: ReadonlyMap<string, Text>;
  readonly origin: Origin;
}
