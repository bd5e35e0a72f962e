// What a converter needs to know of the file that it reads.
import { dataPathKind } from '../asset/data-path.ts';
import { pathFrom } from '../asset/relative-path.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { Components } from './components.ts';

export interface FileScope {
  readonly sink: DiagnosticSink;
  /** What paths in it are relative to; null for the job's own file, whose paths stay as written. */
  readonly base: string | null;
  readonly components: Components;
  /** How many component files it stands in. */
  readonly depth: number;
}

/** A path as it is from where the job's file stands. */
export function pathIn({ base }: FileScope, path: string): string {
  return base === null || dataPathKind(path) !== 'local' ? path : pathFrom(base, path);
}
