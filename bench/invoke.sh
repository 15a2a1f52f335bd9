#!/usr/bin/env bash
# What `invoke` takes on a project that has not changed: Maven's own start, which `mvn compile` of the same project has
# too, our share, and the function's. Both run in alternation.
# Usage: bench/invoke.sh [ROUNDS]   (Linux; the plugin installed in the local repository; no Docker)
# Environment: STARTUP_MODE (default none) is the project's startup.mode; with any other the image is built once before.
set -euo pipefail

rounds=${1:-9}
mode=${STARTUP_MODE:-none}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

event='{"version":"2.0","routeKey":"POST /items","rawPath":"/items","headers":{"content-type":"application/json"},
 "requestContext":{"http":{"method":"POST","path":"/items"}},"body":"{\"name\":\"tea\"}","isBase64Encoded":false}'

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
plugin=$(sed -n 's#.*<version>\(.*\)</version>.*#\1#p' "$here/../pom.xml" | head -1)
goal=io.github.lambdacontainer:lambda-container-maven-plugin:$plugin

now() { echo $(($(date +%s%N) / 1000000)); }

maven() { # arguments: Maven's log with the millisecond of each line since its start in $work/log, that of its end in $end
  local start
  start=$(now)
  (cd "$work/project" && mvn -B -Dlambda-container.from.image=scratch -Dlambda-container.runtime.jdk="$java_home" \
    -Dlambda-container.cacheDirectory="$work/cache" -Dlambda-container.startup.mode="$mode" "$@") 2>&1 \
    | while IFS= read -r line; do echo "$(($(now) - start)) $line"; done > "$work/log" || { cat "$work/log" >&2; exit 1; }
  end=$(($(now) - start))
}

invoke() {
  maven "$goal:invoke" -Dlambda-container.event="$event"
  grep -q '"statusCode":201' "$work/log" || { cat "$work/log" >&2; exit 1; }
}

median() { sort -n "$work/$1.times" | awk '{v[NR] = $1} END {printf "%.0f", v[int((NR + 1) / 2)]}'; }

logged() { # name: milliseconds that the REPORT line tells
  sed -n "s/.*$1: \([0-9.]*\) ms.*/\1/p" "$work/log" | tail -1
}

cp -r "$here/../src/it/api-gateway" "$work/project"
maven compile
invoke
[ "$mode" = none ] || maven package
for _ in $(seq "$rounds"); do
  maven compile
  echo "$end" >> "$work/maven.times"
  invoke
  echo "$end" >> "$work/invoke.times"
  response=$(sed -n 's/^\([0-9]*\) .*"statusCode":201.*/\1/p' "$work/log" | head -1)
  function=$(echo "$(logged "Init Duration") $(logged "$(printf '\t')Duration")" | awk '{printf "%.0f", $1 + $2}')
  echo "$response" >> "$work/response.times"
  echo "$function" >> "$work/function.times"
  echo "$((response - function - $(tail -1 "$work/maven.times")))" >> "$work/ours.times"
  echo "$((end - response))" >> "$work/after.times"
done

echo "$(nproc) cores, $(free -g | awk '/Mem:/ {print $2}') GiB, $("$java_home/bin/java" -version 2>&1 | head -1)," \
  "load $(cut -d' ' -f1 /proc/loadavg), startup.mode $mode, $rounds rounds, medians in milliseconds"
echo
echo "| Maven alone (compile) | + our share | + the function's start and answer | = response | end after it |"
echo "|---|---|---|---|---|"
echo "| $(median maven) | $(median ours) | $(median function) | $(median response) | $(median after) |"
