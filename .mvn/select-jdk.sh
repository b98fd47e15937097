# Sourced by mvnw. If the JDK in force is older than 25, take the oldest JDK of 25 or newer from a usual place:
# the oldest, because compiler plug-ins follow a new JDK late.
# shellcheck shell=sh
_want=25

# the major version of the JDK in a folder, or nothing
_major_in() {
  [ -x "$1/bin/javac" ] || return 0
  _m=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  [ -n "$_m" ] || _m=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  printf '%s' "$_m"
}

if [ -n "${JAVA_HOME-}" ]; then
  _cur=$(_major_in "$JAVA_HOME")
else
  # both count: the compiler may be newer than the java that would run Maven
  _cur=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  _run=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  [ "${_run:-0}" -ge "${_cur:-0}" ] || _cur=$_run
fi

if [ "${_cur:-0}" -lt "$_want" ]; then
  _found=
  _best=0
  set +f
  for _d in "${JAVA_25_HOME-}" "${JAVA25_HOME-}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* /opt/java/* /opt/*jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.gradle/jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    _v=$(_major_in "$_d")
    if [ "${_v:-0}" -ge "$_want" ] && { [ -z "$_found" ] || [ "$_v" -lt "$_best" ]; }; then
      _found=$_d
      _best=$_v
    fi
  done
  set -f
  if [ -z "$_found" ]; then
    echo "mvnw: Turnpike needs a JDK $_want or newer; the one in force is ${_cur:-none}, and none was found in the usual places." >&2
    echo "mvnw: install one (for instance the package temurin-25-jdk or openjdk-25-jdk, or 'sdk install java 25-tem')," >&2
    echo "mvnw: or set JAVA_HOME (or JAVA_25_HOME) to where it is." >&2
    exit 1
  fi
  JAVA_HOME=$_found
  export JAVA_HOME
fi
