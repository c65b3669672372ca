#!/usr/bin/env bash
# jest 30.5.2: `maxWorkers` over 100 % is not a percentage. '100%' gives one worker for each processor; '101%' gives 101
# workers and '150%' gives 150, whatever the machine has. There is no warning. Seen: 2 processors, 150 processes.
# The documentation describes the percentage without a limit; jest-config reads it as one only from 1 to 100.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jest@30.5.2 >/dev/null

workers() { npx jest --showConfig --maxWorkers="$1" | sed -n 's/^ *"maxWorkers": \([0-9]*\).*/\1/p'; }

processors=$(node -p 'require("node:os").availableParallelism()')
echo "processors: $processors; 100%: $(workers 100%), 101%: $(workers 101%), 150%: $(workers 150%)"
[ "$(workers 100%)" = "$processors" ]
[ "$(workers 101%)" = 101 ]
[ "$(workers 150%)" = 150 ]
