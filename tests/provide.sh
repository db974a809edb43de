#!/usr/bin/env bash
# Provides what the suite needs beside Python: Chromium, Java, Maven, OpenSSL and PostgreSQL, from the system's packages.
# Where they cannot be installed, the tests that need them say so; with CI=true that is a failure.
set -euo pipefail
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
command -v mvn >/dev/null || missing+=(maven)
command -v openssl >/dev/null || missing+=(openssl)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing from the system's packages: ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "no apt-get here: install ${missing[*]} by hand; the tests that need them are skipped until then" >&2
  exit 0
fi
as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if ! { DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }; then
  echo "could not install ${missing[*]}: the tests that need them are skipped" >&2
fi
