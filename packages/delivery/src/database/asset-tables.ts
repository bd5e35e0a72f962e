// The tables of variable groups, service connections, secure files and environments. Structured
// values are JSON text, times are milliseconds since 1970. A secret stands here by the name of the
// workspace's secret that holds it, never by its value.

export type AssetTables = {
  readonly variable_groups: VariableGroupTable;
  readonly group_variables: GroupVariableTable;
  readonly service_connections: ServiceConnectionTable;
  readonly secure_files: SecureFileTable;
  readonly asset_pipelines: AssetPipelineTable;
  readonly delivery_environments: EnvironmentTable;
  readonly deployments: DeploymentTable;
};

export interface AssetRow {
  name: string;
  /** The name without letter case: unique, and what is looked up. */
  name_key: string;
  description: string;
  created_by: string;
  created_at: number;
  updated_at: number;
}

export interface VariableGroupTable extends AssetRow {
  group_id: string;
  allow_all_pipelines: number;
}

/** Exactly one of the last four is no null. */
export interface GroupVariableTable {
  group_id: string;
  name: string;
  name_key: string;
  position: number;
  value: string | null;
  /** A secret that this variable alone has. */
  secret_name: string | null;
  /** A secret of the workspace that others may use too. */
  workspace_secret: string | null;
  /** JSON: a secret of a vault elsewhere, read at each build. */
  vault_secret: string | null;
}

export interface ServiceConnectionTable extends AssetRow {
  connection_id: string;
  type: string;
  url: string | null;
  scheme: string;
  /** JSON: those that are no secrets. */
  parameters: string;
  /** JSON: name → the secret that holds it. */
  secret_parameters: string;
  data: string;
  allow_all_pipelines: number;
  check_status: string;
  check_message: string;
  checked_at: number;
}

export interface SecureFileTable extends AssetRow {
  file_id: string;
  size_bytes: number;
  /** JSON: the secrets that hold its content, in their order. */
  secret_names: string;
  allow_all_pipelines: number;
}

/** A pipeline that may use an asset, where not all may. */
export interface AssetPipelineTable {
  asset_id: string;
  pipeline: string;
  pipeline_key: string;
}

export interface EnvironmentTable extends AssetRow {
  environment_id: string;
  checks: string;
  /** JSON: its machines, the targets of a rolling deployment. */
  resources: string;
}

export interface DeploymentTable {
  deployment_id: string;
  environment_id: string;
  /** Counts up with each deployment. */
  sequence: number;
  build_id: number;
  build_number: string;
  pipeline: string;
  /** Empty: it was not written down yet then. */
  commit_id: string;
  stage: string;
  job: string;
  attempt: number;
  requested_by: string;
  status: string;
  started_at: number;
  ended_at: number | null;
}
