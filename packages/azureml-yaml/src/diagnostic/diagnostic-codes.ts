// Every code that a diagnostic can carry, with its severity and meaning. The README's table is
// tested against this one. Codes are stable: tools match on them.

const error = (meaning: string) => ({ severity: 'error', meaning }) as const;
const warning = (meaning: string) => ({ severity: 'warning', meaning }) as const;

export const diagnosticCodes = {
  YAML_TOO_LARGE: error('The file is larger than 1 MiB.'),
  YAML_SYNTAX_ERROR: error('The text is not YAML; only such errors are shown until it is.'),
  YAML_EMPTY: error('The file holds nothing.'),
  YAML_MULTIPLE_DOCUMENTS: error('The file holds more than one YAML document.'),
  YAML_DUPLICATE_KEY: error('A key stands twice in one mapping.'),
  YAML_KEY_NOT_STRING: error('A key is a number, a boolean, empty or a collection.'),
  YAML_ALIAS_LIMIT: error('Aliases expand to more than 10,000 values.'),
  YAML_ALIAS_RECURSIVE: error('An alias stands inside the value that it names.'),
  YAML_TOO_DEEP: error('Values are nested more than 64 deep.'),
  YAML_TAG_NOT_SUPPORTED: error('A value has a YAML tag that is not of YAML 1.2 core.'),
  KIND_NOT_RECOGNISED: error('The `type` is none that Azure ML has.'),
  KIND_MISMATCH: error('The file is of another kind than the one asked for.'),
  SCHEMA_NOT_RECOGNISED: warning('The `$schema` is none that Azure ML publishes.'),
  KEY_UNKNOWN: error('A key that this place does not have.'),
  KEY_MISSING: error('A required key is missing.'),
  KEY_CONFLICT: error('Two keys that exclude each other.'),
  VALUE_WRONG_TYPE: error('A value of another type than expected.'),
  VALUE_NOT_ALLOWED: error('A value of the right type that is none of the allowed ones.'),
  VALUE_OUT_OF_RANGE: error('A number outside its range.'),
  NAME_INVALID: error('A name with characters that its rule does not allow.'),
  NAME_CONFLICT: error('Two names that differ only in upper and lower case.'),
  FEATURE_NOT_SUPPORTED: error("Part of Azure ML's schema that is not built here."),
  HAS_NO_EFFECT: warning('Accepted, and without effect here.'),
  EXPRESSION_SYNTAX_ERROR: error('What stands between the braces is not a reference.'),
  EXPRESSION_NOT_ALLOWED: error('An expression in a place where it cannot stand.'),
  COMMAND_EXPRESSION_UNSAFE: error('A place in a command where no value can be quoted safely.'),
  STEP_NOT_FOUND: error('A reference to a step that does not exist.'),
  STEP_USED_TWICE: error('A step that stands in two branches or loops, or in itself.'),
  COMPONENT_NOT_FOUND: error('A component whose file or version is not there.'),
  COMPONENT_NESTED: error('Components that hold themselves, or stand too deep in one another.'),
  PIPELINE_TOO_LARGE: error('More than 10,000 steps, those of components counted.'),
  INPUT_NOT_FOUND: error('A reference to an input that does not exist.'),
  OUTPUT_NOT_FOUND: error('A reference to an output that does not exist.'),
  STEP_SELF_REFERENCE: error('A step that reads its own output.'),
  PIPELINE_CYCLE: error('Steps that wait for each other.'),
  INPUT_TYPE_MISMATCH: error('A value bound to an input of another type.'),
  INPUT_VALUE_MISSING: error('An input that no one gives a value.'),
  INPUT_VALUE_INVALID: error('A value given at submission that does not fit its input.'),
  OUTPUT_BOUND_TWICE: error('A pipeline output that two step outputs write.'),
  OUTPUT_NOT_PRODUCED: warning('A pipeline output that no step writes.'),
  ASSET_REFERENCE_INVALID: error('A reference that is not `azureml:name:version`.'),
  PATH_LEAVES_FOLDER: error('A path that leaves the folder it must stay in.'),
  TOO_MANY_DIAGNOSTICS: error('More than 100 mistakes; the rest is not shown.'),
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
export type DiagnosticSeverity = (typeof diagnosticCodes)[DiagnosticCode]['severity'];
