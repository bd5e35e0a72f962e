// What an expression can say: one reference, to an input or an output.

export type Reference =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'output'; readonly name: string }
  | { readonly kind: 'parentInput'; readonly name: string }
  | { readonly kind: 'parentOutput'; readonly name: string }
  | { readonly kind: 'stepOutput'; readonly step: string; readonly name: string }
  /** A step as a whole: the body of a loop, a branch of a condition. */
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'searchSpace'; readonly name: string };

/** The shapes, for messages. */
export const referenceShapes = [
  'inputs.NAME',
  'outputs.NAME',
  'parent.inputs.NAME',
  'parent.outputs.NAME',
  'parent.jobs.STEP.outputs.NAME',
] as const;

/** The one spelling of a reference, without spaces. */
export function formatReference(reference: Reference): string {
  switch (reference.kind) {
    case 'input':
      return `\${{inputs.${reference.name}}}`;
    case 'output':
      return `\${{outputs.${reference.name}}}`;
    case 'parentInput':
      return `\${{parent.inputs.${reference.name}}}`;
    case 'parentOutput':
      return `\${{parent.outputs.${reference.name}}}`;
    case 'stepOutput':
      return `\${{parent.jobs.${reference.step}.outputs.${reference.name}}}`;
    case 'step':
      return `\${{parent.jobs.${reference.name}}}`;
    case 'searchSpace':
      return `\${{search_space.${reference.name}}}`;
  }
}
