#!/usr/bin/env bash
# From process start to first response, in alternation: the image that AWS's documentation has one write, the layout and
# flags of AWS's base image for Java, this plugin's image, and this plugin's image with a startup archive.
# Usage: bench/startup.sh [ROUNDS] [JDK_HOME ...]   (Linux; the plugin installed in the local repository; curl, no Docker)
set -euo pipefail

rounds=${1:-21}
shift || true
here=$(cd "$(dirname "$0")" && pwd)
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
[ $# -gt 0 ] || set -- "$java_home"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
client=com.amazonaws.services.lambda.runtime.api.client.AWSLambda
handler=com.example.api.ItemsApi

cat > "$work/event.json" <<'EOF'
{"version":"2.0","routeKey":"POST /items","rawPath":"/items","headers":{"content-type":"application/json"},
 "requestContext":{"http":{"method":"POST","path":"/items"}},"body":"{\"name\":\"tea\"}","isBase64Encoded":false}
EOF

build() { # name jdk mode: builds src/it/api-gateway on scratch; the seconds it took
  [ -d "$work/$1" ] || cp -r "$here/../src/it/api-gateway" "$work/$1"
  mkdir -p "$work/$1/src/lambda/events"
  cp "$work/event.json" "$work/$1/src/lambda/events/"
  local start end
  start=$(date +%s%N)
  (cd "$work/$1" && mvn -B -q package -Dmaven.test.skip=true -Dlambda-container.from.image=scratch \
    -Dlambda-container.runtime.jdk="$2" -Dlambda-container.startup.mode="$3" -Dlambda-container.startup.required=true \
    -Dlambda-container.cacheDirectory="$work/cache") > "$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; exit 1; }
  end=$(date +%s%N)
  awk -v n=$((end - start)) 'BEGIN {printf "%.1f", n / 1e9}'
}

unpack() { # name: the image's files below $work/name-root, its command in $work/name.words
  local root="$work/$1-root" layer
  mkdir -p "$root" "$work/$1-tar"
  tar -xf "$work/$1/target/lambda-container/image.tar" -C "$work/$1-tar"
  for layer in $(grep -o '"Layers":\[[^]]*\]' "$work/$1-tar/manifest.json" | grep -o '[^",[]*tar[^",]*\|blobs/[^",]*'); do
    tar -xf "$work/$1-tar/$layer" -C "$root" 2> /dev/null
  done
  # The same command as in the image; the virtual machine takes the archive in any directory.
  sed -i "s#/var/#$root/var/#g" "$root/var/runtime/classpath"
  { echo "$root/var/task"
    sed -n 's/.*"entrypoint" *: *\[\(.*\)/\1/p' <(tr -d '\n' < "$work/$1/target/lambda-container/image.json") \
      | sed 's/\].*//' | grep -o '"[^"]*"' | tr -d '"' | sed "s#/var/#$root/var/#g"
    echo "$handler"; } > "$work/$1.words"
}

size() { sed -n 's/.*"compressedSize" *: *\([0-9]*\),.*/\1/p' <(tr -d '\n' < "$work/$1/target/lambda-container/image.json" | sed 's/.*\("compressedSize" *: *[0-9]*, *"uncompressed.*\)/\1/'); }

echo "$(nproc) cores, $(free -g | awk '/Mem:/ {print $2}') GiB, $rounds rounds, milliseconds from process start to first response"
echo
echo "| Java | image | median | least | of (1) | of (2) | compressed | build |"
echo "|---|---|---|---|---|---|---|---|"
for jdk in "$@"; do
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$jdk/release")
  major=${version%%.*}
  plain=plain$major archived=archived$major
  build "$plain" "$jdk" none > /dev/null
  plain_build=$(rm -rf "$work/$plain/target" && build "$plain" "$jdk" none)
  archived_build=$(build "$archived" "$jdk" auto)
  unpack "$plain"
  unpack "$archived"
  root="$work/$plain-root"

  # (1) every jar in the working directory, no flags.
  mkdir -p "$work/documented$major"
  cp -p "$root"/var/task/lib/*.jar "$root"/var/runtime/lib/*.jar "$work/documented$major/"
  cp -p "$work/$plain/target/"*.jar "$work/documented$major/"
  printf '%s\n' "$work/documented$major" "$jdk/bin/java" -cp './*' $client $handler > "$work/documented$major.words"

  # (2) the interface client on the class path, the function in the task root, the flags of AWS's bootstrap.
  "$jdk/bin/java" -Xshare:dump -XX:+UseSerialGC -XX:SharedArchiveFile="$work/aws$major.jsa" > /dev/null 2>&1
  jars=$(printf '%s:' "$root"/var/runtime/lib/*.jar)
  printf '%s\n' "$root/var/task" "$jdk/bin/java" -XX:MaxHeapSize=445645k -XX:+UseSerialGC -Xshare:on \
    -XX:SharedArchiveFile="$work/aws$major.jsa" -XX:+TieredCompilation -XX:TieredStopAtLevel=1 \
    --add-opens=java.base/java.io=ALL-UNNAMED -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac \
    -XX:+ErrorFileToStderr \
    -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="$(ls "$root"/var/runtime/lib/jni/*.so)" \
    -classpath "${jars%:}" $client $handler > "$work/aws$major.words"

  "$java_home/bin/java" "$here/FirstResponse.java" "$rounds" "$work/event.json" \
    "$work/documented$major.words" "$work/aws$major.words" "$work/$plain.words" "$work/$archived.words" > "$work/times"
  row() { # file title compressed build
    awk -v file="$1.words" -v title="$2" -v java="$version" -v compressed="$3" -v build="$4" '
      /^documented/ {one = $2} /^aws/ {two = $2}
      $1 == file {median = $2; least = $3}
      END {printf "| %s | %s | %s | %s | %.2f | %.2f | %s | %s |\n", java, title, median, least, median / one, median / two, compressed, build}' "$work/times"
  }
  mb() { awk -v n="$(size "$1")" 'BEGIN {printf "%.1f MB", n / 1e6}'; }
  row "documented$major" "(1) as AWS documents it" "" ""
  row "aws$major" "(2) layout and flags of AWS's base" "" ""
  row "$plain" "(3) this plugin" "$(mb "$plain")" "$plain_build s"
  row "$archived" "(4) this plugin, startup.mode=auto" "$(mb "$archived")" "$archived_build s"
done
