// The tables of the agents on other machines. Of an agent's credential only the digest is kept.

export type AgentTables = {
  readonly agent_pools: AgentPoolTable;
  readonly agents: AgentTable;
  readonly agent_leases: AgentLeaseTable;
};

/** A pool is known from its first agent on: jobs that name it never run on the server's machine. */
export interface AgentPoolTable {
  /** The name in lower case. */
  pool_key: string;
  name: string;
  created_at: number;
}

export interface AgentTable {
  agent_id: string;
  name: string;
  /** The name in lower case: unique. */
  name_key: string;
  pool_key: string;
  credential_hash: string;
  enabled: number;
  created_by: string;
  created_at: number;
  /** What it said of itself when it last came: JSON, null before. */
  facts: string | null;
  /** To the minute. */
  seen_at: number | null;
}

/** The right to run one job. It is given once, and given up or ended once. */
export interface AgentLeaseTable {
  lease_id: string;
  agent_id: string;
  agent_name: string;
  /** Of the agent's process: another one does not have what this one had. */
  session: string;
  build_id: number;
  job_id: string;
  taken_at: number;
  ended_at: number | null;
  /** `ended`, `givenUp` or `handedBack`. */
  end_kind: string | null;
}
