// Compiles what was prepared, with the tasks that are known here.
import { type CompiledPipeline, compilePipeline } from '../compile.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import type { PreparedPipeline } from './prepare-local.ts';

export async function compileLocal(
  prepared: PreparedPipeline,
  tasks: TaskRegistry,
): Promise<CompiledPipeline> {
  const { file, source, request, compileTime } = prepared;
  const { parameters } = request;
  return compilePipeline({ file, source, parameters, variables: compileTime, tasks });
}
