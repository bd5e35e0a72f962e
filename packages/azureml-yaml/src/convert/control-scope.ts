// The steps that conditions and loops can hold; each can be held once.
import { hint } from '../diagnostic/did-you-mean.ts';
import { expressionStart } from '../expression/template.ts';
import type { StepOutput } from '../job/port-types.ts';
import type { StepBase } from '../job/step-types.ts';
import type { Token } from '../text/token.ts';
import { readBinding } from './binding.ts';
import { convertWorkFields } from './convert-work-fields.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { Node } from './read-node.ts';
import { isString } from './read-token.ts';

export class ControlScope {
  readonly scope: PipelineScope;
  readonly #nodes: ReadonlyMap<string, Node>;
  /** Who holds a step. */
  readonly #holders = new Map<string, string>();

  constructor(nodes: readonly Node[], scope: PipelineScope) {
    this.scope = scope;
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
  }

  /** The step that `${{parent.jobs.NAME}}` names; null when there is none that may stand there,
   * which is reported. */
  hold(token: Token | null, holder: Node): Node | null {
    const { sink } = this.scope.file;
    if (token === null || !isString(token)) return null;
    const shape = `\${{parent.jobs.NAME}}`;
    if (!token.value.includes(expressionStart)) {
      sink.report('VALUE_NOT_ALLOWED', token.offset, `a step is named by ${shape}; write it so`);
      return null;
    }
    const binding = readBinding(token, ['step'], shape, sink);
    if (binding === null) return null;
    const { name } = binding.reference;
    const node = this.#nodes.get(name);
    if (node === undefined) {
      const message = `step '${holder.name}' holds '${name}', which does not exist${hint(name, this.#nodes.keys())}`;
      sink.report('STEP_NOT_FOUND', binding.offset, message);
      return null;
    }
    const other = node === holder ? holder.name : this.#holders.get(name);
    if (other !== undefined) {
      const message = `step '${name}' stands in '${other}' already, and can stand in one place; write it out again under another name`;
      sink.report('STEP_USED_TWICE', binding.offset, message);
      return null;
    }
    this.#holders.set(name, holder.name);
    return node;
  }

  outputsOf(step: string): ReadonlyMap<string, StepOutput> | null {
    return this.scope.stepOutputs.get(step) ?? null;
  }

  /** What a condition or a loop has of a step. */
  baseOf({ name, token }: Node): StepBase {
    return {
      name,
      ...convertWorkFields(token, null, this.scope.file.sink),
      inputs: new Map(),
      outputs: this.outputsOf(name) ?? new Map<string, StepOutput>(),
      dependsOn: [],
      when: null,
    };
  }
}
