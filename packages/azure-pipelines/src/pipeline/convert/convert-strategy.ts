// How a job multiplies: a matrix of legs, slices, or legs that only the run knows.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { isRuntimeText } from '../../schema/read-word.ts';
import { maxLegs } from '../../schema/strategy-schema.ts';
import type { MappingNode, Node } from '../../text/node.ts';
import type { MatrixLeg, Strategy } from '../pipeline.ts';
import { entriesOf, nodeAt, present, textAt, toText } from './read-node.ts';

/** `owner`: a strategy, or the queue of an old file. */
export function convertStrategy(
  owner: MappingNode | undefined,
  sink: DiagnosticSink,
): Strategy | undefined {
  if (owner === undefined) return undefined;
  const parallelism = present({ maxParallel: textAt(owner, 'maxParallel') });
  const matrix = nodeAt(owner, 'matrix');
  if (matrix !== undefined) {
    const strategy = matrixOf(matrix, sink);
    return strategy && { ...strategy, ...parallelism };
  }
  const count = textAt(owner, 'parallel');
  // `parallel: 0` of old queues is one job.
  if (count === undefined || count.text === '0') return undefined;
  return { kind: 'parallel', count, ...parallelism };
}

function matrixOf(node: Node, sink: DiagnosticSink): Strategy | undefined {
  if (node.kind === 'mapping') return ofLegs(node, sink);
  const runtime = toText(node);
  if (runtime === undefined || runtime.text === '') return undefined;
  if (isRuntimeText(runtime.text)) return { kind: 'runtime', runtime };
  const message =
    '"matrix" must have leg names as keys, or be a "$[ ]" expression that gives them. Write the legs below it.';
  sink.report('VALUE_WRONG_TYPE', node.origin, message);
  return undefined;
}

/** An empty matrix is one job. */
function ofLegs(node: MappingNode, sink: DiagnosticSink): Strategy | undefined {
  if (node.entries.length > maxLegs) {
    const message = `The matrix has ${node.entries.length} legs, and at most ${maxLegs} are possible. Make it smaller.`;
    sink.report('VALUE_OUT_OF_RANGE', node.origin, message);
    return undefined;
  }
  const legs = node.entries.map(
    ({ key, value }): MatrixLeg => ({
      name: key.text,
      variables: entriesOf(value),
      origin: key.origin,
    }),
  );
  return legs.length === 0 ? undefined : { kind: 'matrix', legs };
}
