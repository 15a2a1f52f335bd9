#!/usr/bin/env bash
# What `invoke` takes on a project that has not changed, beyond `mvn compile` of the same project, in alternation.
# Usage: bench/invoke.sh [ROUNDS]   (Linux; the plugin installed in the local repository; no Docker)
set -euo pipefail

rounds=${1:-7}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

event='{"version":"2.0","routeKey":"POST /items","rawPath":"/items","headers":{"content-type":"application/json"},
 "requestContext":{"http":{"method":"POST","path":"/items"}},"body":"{\"name\":\"tea\"}","isBase64Encoded":false}'

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
plugin=$(sed -n 's#.*<version>\(.*\)</version>.*#\1#p' "$here/../pom.xml" | head -1)
goal=io.github.lambdacontainer:lambda-container-maven-plugin:$plugin:invoke

maven() { # what project arguments: Maven's time in milliseconds, its log in $work/log
  local start
  start=$(date +%s%N)
  (cd "$work/$1" && shift && mvn -B "$@") > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  echo $((($(date +%s%N) - start) / 1000000))
}

invoke() { # project
  maven "$1" "$goal" -Dlambda-container.from.image=scratch -Dlambda-container.runtime.jdk="$java_home" \
    -Dlambda-container.cacheDirectory="$work/cache" -Dlambda-container.event="$event"
  grep -q '"statusCode":201' "$work/log" || { cat "$work/log" >&2; exit 1; }
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

logged() { # name: milliseconds that the last REPORT line tells
  sed -n "s/.*\b$1: \([0-9.]*\) ms.*/\1/p" "$work/log" | tail -1
}

echo "$(nproc) cores, $(free -g | awk '/Mem:/ {print $2}') GiB, $("$java_home/bin/java" -version 2>&1 | head -1)," \
  "$rounds rounds, medians in milliseconds"
echo
echo "| function | Maven alone (compile) | invoke | beyond Maven | of it the function's start | of it its answer |"
echo "|---|---|---|---|---|---|"
for project in api-gateway; do
  cp -r "$here/../src/it/$project" "$work/$project"
  maven "$project" compile > /dev/null
  invoke "$project" > /dev/null
  for what in compile invoke init duration; do : > "$work/$what.times"; done
  for _ in $(seq "$rounds"); do
    maven "$project" compile >> "$work/compile.times"
    invoke "$project" >> "$work/invoke.times"
    logged "Init Duration" >> "$work/init.times"
    logged "\tDuration" >> "$work/duration.times"
  done
  for what in compile invoke init duration; do median < "$work/$what.times"; done | tr '\n' ' ' \
    | awk -v p="$project" '{printf "| `%s` | %.0f | %.0f | %.0f | %.0f | %.0f |\n", p, $1, $2, $2 - $1, $3, $4}'
done
