#!/bin/sh
# Builds the guides of docs/ into what the application serves as help: web/help/guides.json, and its pictures. A warning
# is an error. It is built elsewhere and then put in place, so that nobody sees half of it. PYTHON has Sphinx.
set -eu
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-.venv/bin/python}" -m sphinx -q -b help -n -W --keep-going -d "$folder/read" docs "$folder/help"

mkdir -p web/help web/static
rm -rf web/static/help
mv "$folder/help/pictures" web/static/help
mv "$folder/help/guides.json" web/help/guides.json
