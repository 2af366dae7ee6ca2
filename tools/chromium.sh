#!/bin/sh
# What is tested in a browser needs a real Chromium, best without its window: find it, install it, or say what to
# install.
set -eu

has() { command -v "$1" >/dev/null; }

has chromium-headless-shell && exit 0

if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && has apt-get; then
    echo "Installing Chromium"
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium-headless-shell; then
        exit 0
    fi
fi

if has chromium || has chromium-browser; then
    exit 0
fi

echo "The tests need Chromium: install it (on Debian: apt-get install chromium-headless-shell)." >&2
exit 1
