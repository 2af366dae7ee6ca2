#!/bin/sh
# The tests sign in at a real OpenID provider, which comes from npm: install it into tests/openid, and do nothing when
# it is there.
exec "$(dirname "$0")/npm.sh" tests/openid
