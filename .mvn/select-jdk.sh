# Sourced by mvnw. If the JDK in force is older than 25, use the first JDK of 25 or newer in a usual place.
_want=25
_major() { "$1" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p'; }
_cur=$(_major "${JAVA_HOME:+$JAVA_HOME/bin/}javac" || true)
if [ "${_cur:-0}" -lt "$_want" ]; then
  _found=
  set +f
  for _d in "${JAVA_25_HOME-}" "${JAVA25_HOME-}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -x "$_d/bin/javac" ] || continue
    _v=$(_major "$_d/bin/javac" || true)
    if [ "${_v:-0}" -ge "$_want" ]; then
      _found=$_d
      break
    fi
  done
  set -f
  if [ -z "$_found" ]; then
    echo "mvnw: Turnpike needs a JDK 25 or newer; the one in force is ${_cur:-none}, and none was found in the usual places." >&2
    echo "mvnw: install one (for instance the package temurin-25-jdk or openjdk-25-jdk, or 'sdk install java 25-tem')," >&2
    echo "mvnw: or set JAVA_HOME (or JAVA_25_HOME) to where it is." >&2
    exit 1
  fi
  JAVA_HOME=$_found
  export JAVA_HOME
fi
