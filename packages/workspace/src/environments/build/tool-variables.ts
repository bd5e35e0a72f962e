// The environment variables of the tools that make environments. Not all of the server's own, which
// may hold its secrets and would be read by whatever a package runs when it is built; but all that
// says how the network and pip's registries are reached.

const passedOn =
  /^(HOME|LANG|LC_ALL|LOGNAME|PATH|SHELL|TMPDIR|TZ|USER|XDG_CONFIG_HOME|XDG_CACHE_HOME|NETRC|R_LIBS|R_LIBS_USER|R_HOME|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|(HTTPS?|ALL|NO)_PROXY|PIP_.*|PYENV_.*)$/i;

export function toolVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && passedOn.test(name) ? [[name, value]] : [],
    ),
  );
}
