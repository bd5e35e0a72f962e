// The types that a parameter can have, and how a value is made to fit one.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { Decimal } from '../expression/decimal.ts';
import { normalizeJobs, normalizeStages, normalizeSteps } from '../schema/normalize.ts';
import { type Node, type ScalarNode, textOf } from '../text/node.ts';
import {
  jobPlace,
  jobsPlace,
  type Place,
  stagePlace,
  stagesPlace,
  stepsPlace,
  valuePlace,
} from './places.ts';
import { type IsPlain, withTypedLeaves } from './typed-leaves.ts';

export interface ParameterType {
  /** How an argument is expanded before it is checked: those of steps may name templates. */
  readonly place: Place;
  /** The value as the type has it, undefined where it does not fit. */
  fit(node: Node, context: FitContext): Node | undefined;
  readonly expected: string;
  /** Of a list whose items `values` can name. */
  readonly item?: ParameterType;
}

export interface FitContext {
  readonly sink: DiagnosticSink;
  readonly isPlain: IsPlain;
}

type Normalize = (node: Node, sink: DiagnosticSink) => Node;

const asIs: Normalize = (node) => node;

export const anyValue: ParameterType = {
  place: valuePlace,
  fit: (node) => node,
  expected: 'any value',
};
const object: ParameterType = {
  place: valuePlace,
  fit: (node, { isPlain, sink }) => withTypedLeaves(node, isPlain, sink),
  expected: 'any value',
};
const text: ParameterType = { place: valuePlace, fit: fitText, expected: 'a text' };
const texts: ParameterType = {
  place: valuePlace,
  fit: (node) => fitList(node, (item) => item.kind === 'scalar'),
  expected: 'a list of texts',
  item: text,
};
const containers = listType(valuePlace, asIs, 'a list of containers');

export const parameterTypes: ReadonlyMap<string, ParameterType> = new Map([
  ['string', text],
  ['stringList', texts],
  ['number', { place: valuePlace, fit: fitNumber, expected: 'a number' }],
  ['boolean', { place: valuePlace, fit: fitBoolean, expected: '"true" or "false"' }],
  ['object', object],
  ['legacyObject', anyValue],
  ['step', mappingType(valuePlace, normalizeSteps, 'a step')],
  ['stepList', listType(stepsPlace, normalizeSteps, 'a list of steps')],
  ['job', mappingType(jobPlace, normalizeJobs, 'a job')],
  ['jobList', listType(jobsPlace, normalizeJobs, 'a list of jobs')],
  ['deployment', mappingType(jobPlace, normalizeJobs, 'a deployment')],
  ['deploymentList', listType(jobsPlace, normalizeJobs, 'a list of deployments')],
  ['stage', mappingType(stagePlace, normalizeStages, 'a stage')],
  ['stageList', listType(stagesPlace, normalizeStages, 'a list of stages')],
  ['container', anyValue],
  ['containerList', containers],
  ['pool', anyValue],
  ['environment', anyValue],
  ['filePath', text],
  ['secureFile', text],
  ['serviceConnection', text],
]);

function mappingType(place: Place, normalize: Normalize, expected: string): ParameterType {
  return {
    place,
    fit: (node, { sink }) => (node.kind === 'mapping' ? normalize(node, sink) : undefined),
    expected,
  };
}

function listType(place: Place, normalize: Normalize, expected: string): ParameterType {
  const fit = (node: Node, { sink }: FitContext) => {
    const list = fitList(node, (item) => item.kind === 'mapping');
    return list === undefined ? undefined : normalize(list, sink);
  };
  return { place, fit, expected };
}

/** A place left empty is an empty list. */
function fitList(node: Node, fits: (item: Node) => boolean): Node | undefined {
  if (node.kind === 'scalar' && (node.value === null || node.value === '')) {
    return { kind: 'sequence', items: [], origin: node.origin };
  }
  return node.kind === 'sequence' && node.items.every(fits) ? node : undefined;
}

export function fitText(node: Node): ScalarNode | undefined {
  const value = textOf(node);
  return value === undefined ? undefined : { kind: 'scalar', value, origin: node.origin };
}

function fitNumber(node: Node): ScalarNode | undefined {
  if (node.kind !== 'scalar' || typeof node.value === 'number') {
    return node.kind === 'scalar' ? node : undefined;
  }
  if (typeof node.value !== 'string') return undefined;
  const value = Decimal.parse(node.value)?.toNumber();
  return value === undefined ? undefined : { kind: 'scalar', value, origin: node.origin };
}

function fitBoolean(node: Node): ScalarNode | undefined {
  const word = textOf(node)?.trim().toLowerCase();
  if (word !== 'true' && word !== 'false') return undefined;
  return { kind: 'scalar', value: word === 'true', origin: node.origin };
}
