// Where the text of components comes from: this package reads no files, so the caller hands it over.

/** The text of one component.
 * `codeBase`: what paths in it are relative to. For a file it is its folder relative to the job's
 * file, `.` for the same folder; for a registered one `azureml://components/NAME/versions/VERSION`. */
export interface ComponentText {
  readonly text: string;
  readonly fileName: string;
  readonly codeBase: string;
}

/** `reference`: `./train.yml` relative to the job's file, `azureml:name:version`, `azureml:name@latest`,
 * or `azureml://components/NAME/versions/VERSION/inner.yml` for a file that a registered one names. */
export interface ComponentSource {
  get(reference: string): ComponentText | undefined;
}
