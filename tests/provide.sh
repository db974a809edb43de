#!/usr/bin/env bash
# Provides what the suite needs beside Python: Chromium, Java, Maven, OpenSSL, PostgreSQL and MariaDB, from the system's
# packages.
# Where they cannot be installed, the tests that need them say so; with CI=true that is a failure.
set -euo pipefail
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
command -v mvn >/dev/null || missing+=(maven)
command -v openssl >/dev/null || missing+=(openssl)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
# apart from the others: where the system has no such packages, only the tests of MariaDB are skipped
beside=()
[ -x /usr/sbin/mariadbd ] || command -v mariadbd >/dev/null || beside+=(mariadb-server-core)
command -v mariadb-dump >/dev/null || beside+=(mariadb-client)
[ ${#missing[@]} -eq 0 ] && [ ${#beside[@]} -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null; then
  echo "no apt-get here: install ${missing[*]} ${beside[*]} by hand; the tests that need them are skipped until then" >&2
  exit 0
fi
as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq || true
install() {
  [ $# -eq 0 ] && return
  echo "installing from the system's packages: $*"
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
    || echo "could not install $*: the tests that need them are skipped" >&2
}
install ${missing[@]+"${missing[@]}"}
install ${beside[@]+"${beside[@]}"}
