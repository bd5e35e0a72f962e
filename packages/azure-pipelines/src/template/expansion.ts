// What all parts of one expansion share.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { ExpansionBudget } from './expansion-budget.ts';
import { ExpressionEvaluator } from './expression-evaluator.ts';
import { NodeValues } from './node-values.ts';
import type { FitContext } from './parameter-types.ts';
import { ScalarExpander } from './scalar-expander.ts';
import { TemplateFiles } from './template-files.ts';
import type { TemplateSource } from './template-source.ts';
import { ValueExpander } from './value-expander.ts';

export class Expansion {
  readonly sink: DiagnosticSink;
  readonly budget: ExpansionBudget;
  readonly nodeValues = new NodeValues();
  readonly values: ValueExpander;
  readonly files: TemplateFiles;
  readonly fitContext: FitContext;

  constructor(source: TemplateSource, sink: DiagnosticSink) {
    this.sink = sink;
    this.budget = new ExpansionBudget(sink);
    const scalars = new ScalarExpander(
      new ExpressionEvaluator(sink, this.budget),
      this.nodeValues,
      this.budget,
    );
    this.values = new ValueExpander(sink, scalars, this.budget);
    this.files = new TemplateFiles(source, sink);
    this.fitContext = { sink, isPlain: (node) => this.files.isPlain(node) };
  }
}
