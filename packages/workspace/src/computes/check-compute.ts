// What a caller hands in to make or change a compute, and its checks. Names and limits are Azure ML's.
import { checkDescription, checkTags } from '../checks/check-asset.ts';
import { checkInteger, checkName, checkOneOf, invalid, quote } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValues } from '../key-values.ts';
import {
  type ComputeKind,
  type ComputeSettings,
  type ComputeTier,
  computeKinds,
  computeTiers,
} from './compute.ts';
import { checkProperties } from './compute-kinds.ts';

export interface ComputeChanges {
  readonly size?: string | null;
  /** Default 0. */
  readonly minInstances?: number;
  /** Default 4, as `az ml compute create` has it. */
  readonly maxInstances?: number;
  /** Default 120. */
  readonly idleSeconds?: number;
  /** Default `dedicated`. */
  readonly tier?: ComputeTier;
  readonly properties?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly tags?: KeyValues;
}

export interface NewCompute extends ComputeChanges {
  /** 2 to 32 letters, digits and dashes, starting with a letter and not ending with a dash. */
  readonly name: string;
  /** Default `local`. */
  readonly kind?: ComputeKind;
}

export const computeLimits = { instances: 1_000, computes: 500 } as const;

const sizeLength = 100;
const longestIdleSeconds = 604_800;

const defaults = {
  size: null,
  minInstances: 0,
  maxInstances: 4,
  idleSeconds: 120,
  tier: 'dedicated',
  properties: {},
  description: '',
  tags: {},
} as const;

/** @throws RidgelineError COMPUTE_NAME_INVALID */
export function checkComputeName(value: unknown): string {
  const name = typeof value === 'string' ? value : '';
  if (/^[A-Za-z][A-Za-z0-9-]{0,30}[A-Za-z0-9]$/.test(name)) return name;
  throw new RidgelineError(
    'COMPUTE_NAME_INVALID',
    `compute name ${quote(value)} must be 2 to 32 letters, digits and dashes, start with a letter ` +
      "and not end with a dash, such as 'cpu-cluster'",
  );
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkNewCompute({ kind, ...settings }: NewCompute): ComputeSettings {
  const checkedKind = checkOneOf('kind', kind ?? 'local', computeKinds);
  return checkSettings(checkedKind, { ...defaults, ...present(settings) });
}

/** The settings with the changes. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function changedSettings(old: ComputeSettings, changes: ComputeChanges): ComputeSettings {
  return checkSettings(old.kind, { ...old, ...present(changes) });
}

function checkSettings(kind: ComputeKind, given: Required<ComputeChanges>): ComputeSettings {
  const maxInstances = checkInteger(
    'max instances',
    given.maxInstances,
    0,
    computeLimits.instances,
  );
  const minInstances = checkInteger(
    'min instances',
    given.minInstances,
    0,
    computeLimits.instances,
  );
  if (minInstances > maxInstances) {
    throw invalid(`min instances ${minInstances} are more than max instances ${maxInstances}`);
  }
  return {
    kind,
    size: given.size === null ? null : checkName('size', given.size, sizeLength),
    minInstances,
    maxInstances,
    idleSeconds: checkInteger('idle seconds', given.idleSeconds, 0, longestIdleSeconds),
    tier: checkOneOf('tier', given.tier, computeTiers),
    properties: checkProperties(kind, given.properties),
    description: checkDescription(given.description),
    tags: checkTags(given.tags),
  };
}

// What is undefined was not said: it must not hide what was.
function present(changes: ComputeChanges): ComputeChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
