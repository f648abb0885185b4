#!/bin/sh
# The page's part of the build: page.sh build, or one of the page's own scripts (test, test:browser).
# Builds only what changed since the last time; without npm the page is left out, and `/` says so.
set -eu
cd "$(dirname "$0")/page"
stamp=../target/page.built

if ! command -v npm >/dev/null; then
  echo "npm is not there (install Node.js 20 or newer): the page is left out" >&2
  exit 0
fi

changed_since() { # $1: a file; the rest: what to look at
  [ -f "$1" ] || return 0
  since=$1
  shift
  [ -n "$(find "$@" -newer "$since" -print 2>/dev/null | head -n 1)" ]
}

install() {
  mkdir -p ../target
  if [ ! -d node_modules ] || changed_since ../target/page.installed package.json package-lock.json; then
    npm ci --no-audit --no-fund
    touch ../target/page.installed
  fi
}

case $1 in
  build)
    sources=$(find . -mindepth 1 -maxdepth 1 ! -name node_modules ! -name dist ! -name '.*')
    # shellcheck disable=SC2086
    if [ ! -f dist/index.html ] || changed_since "$stamp" $sources; then
      install
      npm run build
      touch "$stamp"
    fi
    ;;
  *)
    install
    npm run "$1"
    ;;
esac
