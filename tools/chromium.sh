#!/bin/sh
# The journeys in tests/ need a real Chromium: find one, install one, or say what to install.
set -eu

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done

if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    exit 0
fi

echo "The tests need Chromium: install it (on Debian: apt-get install chromium)." >&2
exit 1
