#!/bin/sh
# check.sh TARGET: what install.sh made answers questions without a network, as an ordinary user would ask.
set -eu
wenbao=$1/bin/wenbao
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
server=
samples=$("$1/bin/python" -c 'import corpus, pathlib; print(pathlib.Path(corpus.__file__).parent / "samples")')
"$wenbao" build "$samples/reports" --index "$work/index"
"$wenbao" ask "双师型教师比例是多少" --index "$work/index" --json | grep -q '"answered": true'
address=http://127.0.0.1:${PORT:-8017}/readyz
"$wenbao" serve --index "$work/index" --port "${PORT:-8017}" & server=$!
for _ in $(seq 60); do
    "$1/bin/python" -c "import urllib.request as u; u.urlopen('$address', timeout=2)" 2>/dev/null && exit 0
    sleep 1
done
exit 1
