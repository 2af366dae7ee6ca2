#!/bin/sh
# Usage: tools/npm.sh FOLDER [SCRIPT]
#
# Installs what a folder's lock names and runs one of its scripts, with this machine's Node where that is new enough,
# else with one from a wheel (requirements/node.txt).
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
no_node=3

status=0
$python tools/node.py "$@" || status=$?
[ $status = $no_node ] || exit $status
tools/venv.sh run node
$python tools/node.py "$@"
