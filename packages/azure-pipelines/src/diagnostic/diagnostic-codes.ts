// Every code that a diagnostic can carry, with its severity and meaning. The README's table is
// tested against this one. Codes are stable: tools match on them.

const error = (meaning: string) => ({ severity: 'error', meaning }) as const;
const warning = (meaning: string) => ({ severity: 'warning', meaning }) as const;

export const diagnosticCodes = {
  // text
  YAML_TOO_LARGE: error('The file is larger than 2 MiB.'),
  YAML_SYNTAX_ERROR: error('The text is not YAML; only such errors are shown until it is.'),
  YAML_EMPTY: error('The file holds nothing.'),
  YAML_MULTIPLE_DOCUMENTS: error('The file holds more than one YAML document.'),
  YAML_DUPLICATE_KEY: error('A key stands twice in one mapping.'),
  YAML_KEY_NOT_TEXT: error('A key is a list or a mapping.'),
  YAML_MERGE_KEY: error('The merge key `<<`, which pipelines do not have.'),
  YAML_ALIAS_UNKNOWN: error('An alias of an anchor that is not there.'),
  YAML_ALIAS_LIMIT: error('Aliases expand to more than 10,000 values.'),
  YAML_ALIAS_RECURSIVE: error('An alias stands inside the value that it names.'),
  YAML_TOO_DEEP: error('Values are nested more than 100 deep.'),
  YAML_TOO_MANY_VALUES: error('The file holds more than 1,000,000 values.'),
  YAML_ANCHOR: warning('An anchor or alias, which Azure DevOps does not take.'),
  YAML_TAG: warning('A YAML tag, which has no effect.'),
  // expressions
  EXPRESSION_SYNTAX_ERROR: error('What stands between the braces is not an expression.'),
  EXPRESSION_NOT_CLOSED: error('An expression without its closing braces.'),
  EXPRESSION_NAME_UNKNOWN: error('A name that is not known in this place.'),
  EXPRESSION_FUNCTION_UNKNOWN: error('A function that does not exist in this place.'),
  EXPRESSION_FAILED: error('An expression whose value cannot be computed.'),
  EXPRESSION_NOT_TEXT: error('A list or an object in the place of a text.'),
  EXPRESSION_NOT_ALLOWED: error('An expression in a place where none can stand.'),
  BOOLEAN_EQUALS_TEXT: warning('A boolean compared with a text, which is true for any text.'),
  TEXT_AS_CONDITION: warning('The text "false" as a condition, which counts as true.'),
  // templates
  DIRECTIVE_INVALID: error('An `if`, `elseif`, `else`, `each` or `insert` that cannot stand so.'),
  DIRECTIVE_NOT_PORTABLE: warning('A directive over a value, which Azure DevOps does not take.'),
  DIRECTIVE_VALUE_INVALID: error('A directive whose value does not fit the place it stands in.'),
  DUPLICATE_KEY: error('A key that stands twice in a mapping after expansion.'),
  TEMPLATE_NOT_FOUND: error('A template whose file is not there.'),
  TEMPLATE_PATH_INVALID: error('A template path that is empty or leaves its repository.'),
  TEMPLATE_REPOSITORY_UNKNOWN: error('A template of a repository that `resources` does not name.'),
  TEMPLATE_KIND_MISMATCH: error('A template that does not give what its place needs.'),
  TEMPLATE_KEY_UNKNOWN: error('A key that a template, or a reference to one, does not have.'),
  TEMPLATE_TOO_DEEP: error('Templates are nested more than 100 deep.'),
  TEMPLATE_TOO_MANY_FILES: error('More than 100 files make one pipeline.'),
  EXPANSION_TOO_LARGE: error('The expanded pipeline is larger than a pipeline can be.'),
  VARIABLES_DEFINED_TWICE: error('Variables both beside `extends` and in the template it names.'),
  PARAMETER_DECLARATION_INVALID: error('A parameter that is not declared as parameters are.'),
  PARAMETER_MISSING: error('A parameter without a default that no one gives a value.'),
  PARAMETER_UNKNOWN: error('A value for a parameter that is not declared.'),
  PARAMETER_TYPE_MISMATCH: error('A value of another type than the parameter has.'),
  PARAMETER_VALUE_NOT_ALLOWED: error('A value that is none of the values of the parameter.'),
  PARAMETER_IGNORED: warning('A value for a template that declares no parameters.'),
  NUMBER_LOSES_ZERO: warning('A number in an object that loses the zeros at its end.'),
  PARAMETER_UNUSED: warning('A parameter that nothing in its file reads.'),
  // schema
  KEY_UNKNOWN: error('A key that this place does not have.'),
  KEY_MISSING: error('A key that this place needs.'),
  KEY_CONFLICT: error('Two keys that exclude each other.'),
  KEY_NOT_FIRST: error('The keyword of a step, job or stage that is not its first key.'),
  VALUE_WRONG_TYPE: error('A value of another type than expected.'),
  VALUE_NOT_ALLOWED: error('A value of the right type that is none of the allowed ones.'),
  VALUE_OUT_OF_RANGE: error('A number outside its range, or too many of something.'),
  VALUE_MISSING: error('A key whose value is empty and must not be.'),
  LEGACY_SYNTAX: warning('A spelling of old files, which is taken for the present one.'),
  // names and graph
  NAME_INVALID: error('A name with characters that its rule does not allow, or a reserved one.'),
  NAME_TAKEN: error('A name that another of its kind has, letter case aside.'),
  NAME_LIKE_HOOK: warning('A deployment that is called like one of its hooks.'),
  NAME_UNKNOWN: error('A reference to something that the pipeline does not have.'),
  VARIABLE_PREFIX_RESERVED: warning('A variable whose name begins like those of the agent.'),
  NOTHING_TO_RUN: error('A pipeline or a stage without jobs.'),
  DEPENDENCY_CYCLE: error('Stages or jobs that wait for each other.'),
  DEPENDENCY_NOT_DECLARED: warning('A read of a job or stage that is not waited for.'),
  // tasks
  TASK_REFERENCE_INVALID: error('A task that is not written as name, "@" and version.'),
  TASK_UNKNOWN: error('A task that is not known here.'),
  TASK_VERSION_UNKNOWN: error('A version that a known task does not have.'),
  TASK_INPUT_MISSING: error('An input that a task needs and is not given.'),
  TASK_INPUT_UNKNOWN: warning('An input that a task does not have.'),
  TASK_INPUT_INVALID: warning('An input whose value its task does not take.'),
  TASK_NOT_SUPPORTED: warning('A task that is known and cannot run here.'),
  SERVER_TASK_ON_AGENT: error('A server task in a job that runs on an agent.'),
  AGENT_TASK_ON_SERVER: error('A task that needs an agent in a job that has none.'),
  TOO_MANY_DIAGNOSTICS: error('More than 100 mistakes; the rest is not shown.'),
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
export type DiagnosticSeverity = (typeof diagnosticCodes)[DiagnosticCode]['severity'];
