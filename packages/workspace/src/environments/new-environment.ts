// What a caller hands in to make an environment, and its checks: from a conda file, a list of
// requirements or an image to the content that steps run in.
import {
  checkAssetName,
  checkAssetVersion,
  checkDescription,
  checkTags,
} from '../checks/check-asset.ts';
import { checkText, quote } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValues } from '../key-values.ts';
import { checkCondaFile } from './conda/check-conda-file.ts';
import { type CondaFile, type CondaReading, readCondaFile } from './conda/read-conda-file.ts';
import type { EnvironmentContent } from './environment-content.ts';
import { assertNameFree } from './environment-reference.ts';

export interface EnvironmentDefinition {
  /** A container image. Where there is a conda file, too, it is that which counts. */
  readonly image?: string | null;
  /** The content of a conda file. */
  readonly condaFile?: CondaFile | null;
  /** Lines as of a requirements.txt; instead of a conda file. */
  readonly requirements?: readonly string[] | null;
}

export interface NewEnvironment extends EnvironmentDefinition {
  /** 1 to 255 letters, digits, '_', '-' and '.', starting with a letter or digit. */
  readonly name: string;
  /** 1 to 30 characters as in a name, but not "latest". Default: the next whole number. */
  readonly version?: string | null;
  /** At most 5,000 characters. */
  readonly description?: string | null;
  readonly tags?: KeyValues;
}

export interface CheckedDefinition {
  readonly content: EnvironmentContent;
  /** What was passed over. */
  readonly notes: readonly string[];
}

export interface CheckedEnvironment extends CheckedDefinition {
  readonly name: string;
  /** Null for the next whole number. */
  readonly version: string | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

const imageLength = 1_000;

/** @throws RidgelineError INVALID_PARAMETER_VALUE, ENVIRONMENT_INVALID */
export function checkNewEnvironment(environment: NewEnvironment): CheckedEnvironment {
  const name = checkAssetName('environment name', environment.name);
  assertNameFree(name);
  const { version, description, tags } = environment;
  return {
    name,
    version: version === undefined || version === null ? null : checkAssetVersion(version),
    description: checkDescription(description),
    tags: checkTags(tags),
    ...checkDefinition(environment, name),
  };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE, ENVIRONMENT_INVALID */
export function checkDefinition(
  { image, condaFile, requirements }: EnvironmentDefinition,
  name: string,
): CheckedDefinition {
  const checkedImage = image == null ? null : checkText('image', image, imageLength);
  const conda = condaFile ?? (requirements == null ? null : listOf(requirements));
  if (condaFile != null && requirements != null) {
    throw invalid(name, ['it has a conda file and a list of requirements: give one of the two']);
  }
  if (conda !== null) return fromConda(conda, checkedImage, name);
  if (checkedImage !== null) return fromImage(checkedImage);
  throw invalid(name, [
    "it says nothing of what it consists of: give a 'conda_file' (dependencies: [python=3.11, " +
      'pip, {pip: [scikit-learn]}]), or a list of requirements',
  ]);
}

function listOf(requirements: readonly string[]): CondaFile {
  return { dependencies: [{ pip: requirements }] };
}

function fromConda(conda: CondaFile, image: string | null, name: string): CheckedDefinition {
  const shapeProblems = checkCondaFile(conda);
  if (shapeProblems.length > 0) throw invalid(name, shapeProblems);
  const { python, r, notes, problems } = readCondaFile(conda);
  if (problems.length > 0) throw invalid(name, problems);
  if (python === null && r === null) throw invalid(name, ['its conda file has no dependencies']);
  const passedOver =
    image === null ? [] : [`image ${quote(image)} is ignored: steps run on this machine itself`];
  return {
    content: { kind: kindOf({ r }), python, r, image: null },
    notes: [...passedOver, ...notes],
  };
}

function fromImage(image: string): CheckedDefinition {
  return { content: { kind: 'image', python: null, r: null, image }, notes: [] };
}

function kindOf({ r }: Pick<CondaReading, 'r'>): 'r' | 'python' {
  return r === null ? 'python' : 'r';
}

function invalid(name: string, problems: readonly string[]): RidgelineError {
  const text = problems.length === 1 ? problems[0] : `\n- ${problems.join('\n- ')}`;
  return new RidgelineError('ENVIRONMENT_INVALID', `environment '${name}' cannot be used: ${text}`);
}
