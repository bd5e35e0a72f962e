// Builds one ONNX graph: typed values, unique names, nodes in the order of the calls, which is the
// order in which they can run. Knows no learner.

import { type Attributes, writeAttribute } from './attribute.ts';
import { ProtoWriter } from './proto-writer.ts';
import { elementTypes, type Tensor, type TensorType, writeTensor } from './tensor.ts';

/** A value of the graph; its type is known while the graph is made, so that a mix-up is no runtime error. */
export interface GraphValue<Type extends TensorType = TensorType> {
  readonly name: string;
  readonly type: Type;
}

/** A dimension: a size, or the name of one that is known at run time only. */
export type Dimension = number | string;

/** The operator sets that graphs use: the newest that every operator here needs, and no newer. */
const operatorSets = { '': 20, 'ai.onnx.ml': 4 } as const;

const irVersion = 9;

export type Domain = keyof typeof operatorSets;

export class GraphBuilder {
  readonly #nodes: ProtoWriter[] = [];
  readonly #initializers: ProtoWriter[] = [];
  readonly #inputs: ProtoWriter[] = [];
  readonly #outputs: ProtoWriter[] = [];
  readonly #names = new Set<string>();
  readonly #counts = new Map<string, number>();

  /** Takes a name for an input or output that others must not get. */
  reserve(name: string): void {
    this.#names.add(name);
  }

  input<Type extends TensorType>(
    name: string,
    type: Type,
    dims: readonly Dimension[],
  ): GraphValue<Type> {
    this.#names.add(name);
    this.#inputs.push(writeValueInfo(name, type, dims));
    return { name, type };
  }

  /** Makes `value` an output of the graph, under a name that was reserved. */
  output(name: string, value: GraphValue, dims: readonly Dimension[]): void {
    this.#nodes.push(writeNode('Identity', [value.name], name, this.#newName('output'), {}, ''));
    this.#outputs.push(writeValueInfo(name, value.type, dims));
  }

  constant<Type extends TensorType>(tensor: Tensor<Type>): GraphValue<Type> {
    const name = this.#newName('constant');
    this.#initializers.push(writeTensor(tensor, name));
    return { name, type: tensor.type };
  }

  /** One operator with one output of the type `type`. An input that is left out is null. */
  node<Type extends TensorType>(
    operator: string,
    inputs: readonly (GraphValue | null)[],
    type: Type,
    attributes: Attributes = {},
    domain: Domain = '',
  ): GraphValue<Type> {
    const name = this.#newName(operator.toLowerCase());
    const names = inputs.map((input) => input?.name ?? '');
    const node = writeNode(operator, names, name, `${name}_node`, attributes, domain);
    this.#nodes.push(node);
    return { name, type };
  }

  /** The first of an operator's two outputs, the second being `secondType`. */
  nodeWithTwo<First extends TensorType, Second extends TensorType>(
    operator: string,
    inputs: readonly GraphValue[],
    types: readonly [First, Second],
    attributes: Attributes = {},
  ): readonly [GraphValue<First>, GraphValue<Second>] {
    const first = this.#newName(operator.toLowerCase());
    const second = this.#newName(operator.toLowerCase());
    const names = inputs.map((input) => input.name);
    const node = writeNode(operator, names, [first, second], `${first}_node`, attributes, '');
    this.#nodes.push(node);
    return [
      { name: first, type: types[0] },
      { name: second, type: types[1] },
    ];
  }

  /** The whole model as a file's bytes. */
  finish(producerVersion: string): Uint8Array<ArrayBuffer> {
    const model = new ProtoWriter()
      .int(1, irVersion)
      .text(2, 'ridgeline')
      .text(3, producerVersion)
      .message(7, this.#graph());
    for (const [domain, version] of Object.entries(operatorSets)) {
      model.message(8, new ProtoWriter().text(1, domain).int(2, version));
    }
    return model.finish();
  }

  #graph(): ProtoWriter {
    const graph = new ProtoWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, 'model');
    for (const initializer of this.#initializers) graph.message(5, initializer);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    return graph;
  }

  #newName(stem: string): string {
    const count = this.#counts.get(stem) ?? 0;
    this.#counts.set(stem, count + 1);
    const name = `${stem}_${count}`;
    // A column of the data may have such a name.
    if (this.#names.has(name)) return this.#newName(stem);
    this.#names.add(name);
    return name;
  }
}

function writeNode(
  operator: string,
  inputs: readonly string[],
  outputs: string | readonly string[],
  name: string,
  attributes: Attributes,
  domain: Domain,
): ProtoWriter {
  const node = new ProtoWriter();
  for (const input of inputs) node.text(1, input);
  for (const output of [outputs].flat()) node.text(2, output);
  node.text(3, name).text(4, operator);
  for (const [key, attribute] of Object.entries(attributes)) {
    node.message(5, writeAttribute(key, attribute));
  }
  return domain === '' ? node : node.text(7, domain);
}

function writeValueInfo(name: string, type: TensorType, dims: readonly Dimension[]): ProtoWriter {
  const shape = new ProtoWriter();
  for (const dim of dims) {
    const written = new ProtoWriter();
    shape.message(1, typeof dim === 'number' ? written.int(1, dim) : written.text(2, dim));
  }
  const tensor = new ProtoWriter().int(1, elementTypes[type]).message(2, shape);
  return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
}
