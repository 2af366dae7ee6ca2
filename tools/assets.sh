#!/bin/sh
# The front end of the pages: built from web/frontend into web/static/dist, unless nothing there is newer.
set -eu
cd "$(dirname "$0")/.."

built=web/static/dist/manifest.json
newer=$(find web/frontend -name node_modules -prune -o \( -type f -o -path '*/src*' \) -newer $built -print -quit 2>/dev/null || echo none)
[ -e $built ] && [ -z "$newer" ] && exit 0
tools/npm.sh web/frontend build
touch $built
