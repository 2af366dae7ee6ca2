#!/bin/sh
# Usage: tools/venv.sh LOCK...
#
# Makes .venv hold the project and what requirements/LOCK.txt names, and does nothing when it
# already does. What was installed is remembered as a copy of the lock inside .venv, so a lock
# that changed is installed again, and a .venv that was removed takes its memory with it.
#
# `run` stands for the project itself too: the build tools, and the project in editable form.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
installed=$venv/installed

stop() {
    echo "$1" >&2
    exit 1
}

find_python() {
    old="Rutin needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python3."
    reason=$old
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$candidate"
            return
        fi
        reason="$candidate lacks venv: install it (on Debian and Ubuntu: apt-get install python3-venv)."
    done
    stop "$reason"
}

make_venv() {
    # Made anew where it no longer runs: its Python was upgraded away, or the folder has moved.
    "$venv/bin/pip" --version >/dev/null 2>&1 && return
    python=$(find_python)
    echo "Making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check "$@"
}

is_installed() {
    cmp -s "$1" "$installed/$(basename "$1")"
}

remember() {
    mkdir -p "$installed"
    cp "$1" "$installed/"
}

install_lock() {
    lock=requirements/$1.txt
    is_installed "$lock" && return
    echo "Installing $lock"
    pip install --quiet --require-hashes -r "$lock"
    remember "$lock"
}

install_project() {
    is_installed pyproject.toml && return
    echo "Installing rutin"
    pip install --quiet --no-deps --no-build-isolation --editable .
    problems=$(pip check) || stop "$problems
pyproject.toml asks for what requirements/run.txt does not hold: run make lock."
    remember pyproject.toml
}

make_venv
for name; do
    install_lock "$name"
    if [ "$name" = run ]; then
        install_lock build
        install_project
    fi
done
