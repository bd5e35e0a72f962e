// What a signed hook says of a pull request, and git does not: into which branch it goes, whether it
// is a draft, and whether it comes from a fork. That it has a new head is seen in the repository.

export interface PullRequestFacts {
  readonly number: number;
  /** In full, such as `refs/heads/main`. */
  readonly target: string;
  readonly source: string;
  /** Empty where it is not told. */
  readonly sourceRepository: string;
  readonly isDraft: boolean;
  readonly isFork: boolean;
  readonly isOpen: boolean;
  /** Milliseconds since 1970: what is older than what is known does not count. */
  readonly changedAt: number;
}
