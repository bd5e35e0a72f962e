import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference, type Reference } from './reference.ts';
import { expressionsIn, wholeExpression } from './template.ts';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);

const reference: fc.Arbitrary<Reference> = fc.oneof(
  fc.record({ kind: fc.constantFrom('input', 'output', 'parentInput', 'parentOutput'), name }),
  fc.record({ kind: fc.constant('stepOutput'), step: name, name }),
);

describe('expressions', () => {
  it('what is formatted is parsed back, with any spaces between its parts', () => {
    fc.assert(
      fc.property(reference, fc.constantFrom('', ' ', '\n  ', '\t'), (written, space) => {
        const text = formatReference(written).replace(/([.]|\{\{|\}\}$)/g, `$1${space}`);
        const [parsed] = expressionsIn(`before ${text.trimEnd()} after`);
        expect(parsed?.reference).toEqual(written);
      }),
    );
  });

  it('an expression knows where it begins and ends', () => {
    const [first, second] = expressionsIn('a ${{inputs.x}}${{outputs.y}}');
    expect([first?.start, first?.end]).toEqual([2, 15]);
    expect([second?.start, second?.end]).toEqual([15, 29]);
  });

  it.each([
    ['${{}}', 'EXPRESSION_SYNTAX_ERROR', 3, 'ends where a name'],
    ['${{inputs}}', 'EXPRESSION_SYNTAX_ERROR', 3, 'write inputs.NAME'],
    ['${{inputs.}}', 'EXPRESSION_SYNTAX_ERROR', 10, 'ends where a name'],
    ['${{inputs..x}}', 'EXPRESSION_SYNTAX_ERROR', 10, "'.' stands where a name"],
    ['${{inputs x}}', 'EXPRESSION_SYNTAX_ERROR', 10, "'x' stands where '.'"],
    ['${{inputs.a-b}}', 'EXPRESSION_SYNTAX_ERROR', 11, "'-' cannot stand in a name"],
    ['${{inputs.x.path}}', 'EXPRESSION_SYNTAX_ERROR', 3, 'write inputs.NAME'],
    ['${{input.x}}', 'EXPRESSION_SYNTAX_ERROR', 3, "did you mean 'inputs'"],
    ['${{parent.jobs.a.output.b}}', 'EXPRESSION_SYNTAX_ERROR', 3, 'parent.jobs.STEP.outputs.NAME'],
    ['${{inputs.x}', 'EXPRESSION_SYNTAX_ERROR', 0, "end it with '}}'"],
    ["${{inputs['x']}}", 'EXPRESSION_SYNTAX_ERROR', 9, "'[' stands where"],
    ['${{1}}', 'EXPRESSION_SYNTAX_ERROR', 3, "'1' stands where a name"],
    ['${{😀}}', 'EXPRESSION_SYNTAX_ERROR', 3, "'😀' stands where a name"],
    ['${{parent.jobs.a.inputs.b}}', 'FEATURE_NOT_SUPPORTED', 3, "another step's input"],
    ['${{default_datastore}}', 'FEATURE_NOT_SUPPORTED', 3, 'datastore'],
    ['${{creation_context.trigger_time}}', 'FEATURE_NOT_SUPPORTED', 3, 'a schedule'],
  ])('%s is refused where it goes wrong', (text, code, at, message) => {
    const [expression] = expressionsIn(text);
    expect(expression?.problem).toMatchObject({ code, at });
    expect(expression?.problem?.message).toContain(message);
  });

  it('a binding is an expression and nothing but spaces around it', () => {
    expect(wholeExpression(' ${{inputs.x}} ')?.reference).toEqual({ kind: 'input', name: 'x' });
    expect(wholeExpression('a${{inputs.x}}')).toBeNull();
    expect(wholeExpression('${{inputs.x}}${{inputs.y}}')).toBeNull();
    expect(wholeExpression('plain')).toBeNull();
  });

  it('no text makes the parser throw, and expressions never overlap', () => {
    const piece = fc.constantFrom('${{', '}}', 'inputs', '.', 'x', ' ', '-', '$', '{', '}', '\n');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        let end = 0;
        for (const expression of expressionsIn(pieces.join(''))) {
          expect(expression.start).toBeGreaterThanOrEqual(end);
          end = expression.end;
        }
        expect(end).toBeLessThanOrEqual(pieces.join('').length);
      }),
    );
  });
});
