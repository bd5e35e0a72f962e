// The checks that hold at once or not at all: which branch may be deployed, and what its pipeline has
// to extend. Each says why it does not hold, or null.
import { branchRef } from '../trigger/source-branch.ts';
import { matchesWildcard } from '../trigger/wildcard.ts';
import type { BranchControl, RequiredTemplate } from './environment-check.ts';
import { type ExtendedTemplate, isTemplate } from './extended-template.ts';

export function branchRefusal({ allowedBranches }: BranchControl, branch: string): string | null {
  const ref = branchRef(branch);
  if (allowedBranches.some((pattern) => matchesWildcard(branchRef(pattern), ref))) return null;
  return `${ref} is not among the allowed branches: ${allowedBranches.join(', ')}`;
}

/** @param template undefined: the pipeline extends none, or one that is not known. */
export function templateRefusal(
  { requiredTemplates }: RequiredTemplate,
  template: ExtendedTemplate | undefined,
): string | null {
  const required = `it has to extend ${requiredTemplates.join(' or ')}`;
  if (template === undefined) return `the pipeline extends no template; ${required}`;
  if (requiredTemplates.some((one) => isTemplate(one, template))) return null;
  const { path, name, ref } = template;
  return `the pipeline extends ${path}@${name}#${ref}; ${required}`;
}
