#!/bin/sh
# The help of the pages: docs/ built into web/help/guides.json and web/static/help, unless nothing there is newer. A
# warning is an error. It is built aside and then put in place, so that nobody reads half of it. PYTHON has Sphinx.
set -eu
cd "$(dirname "$0")/.."

built=web/help/guides.json
newer=$(find docs -name build -prune -o -newer $built -print -quit 2>/dev/null || echo none)
[ -e $built ] && [ -z "$newer" ] && exit 0

mkdir -p web/help web/static
aside=$(mktemp -d web/help/XXXXXX)
trap 'rm -rf "$aside"' EXIT
"${PYTHON:-.venv/bin/python}" -B -m sphinx -q -b help -n -W --keep-going -d "$aside/read" docs "$aside/help"
rm -rf web/static/help
mv "$aside/help/pictures" web/static/help
mv "$aside/help/guides.json" $built
