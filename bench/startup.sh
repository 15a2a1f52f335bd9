#!/usr/bin/env bash
# From process start and from container start to first response, in alternation: the image that AWS's documentation has
# one write, the layout and flags of AWS's base image for Java, this plugin's image, and this plugin's image with a
# startup archive.
# Usage: bench/startup.sh [ROUNDS] [JDK_HOME ...]   (Linux; the plugin installed in the local repository; podman)
# PODMAN is podman with its options, such as "podman --runtime runc"; nothing stays in the user's own store of images.
set -euo pipefail

rounds=${1:-21}
shift || true
here=$(cd "$(dirname "$0")" && pwd)
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
[ $# -gt 0 ] || set -- "$java_home"
work=$(mktemp -d)
podman="${PODMAN:-podman} --root $work/podman/root --runroot $work/podman/run"
cleanup() {
  $podman rm --all --force --time 2 > /dev/null 2>&1 || true
  $podman rmi --all --force > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT
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

unpack() { # name: the image's files below $work/name-root
  local layer
  mkdir -p "$work/$1-root" "$work/$1-tar"
  tar -xf "$work/$1/target/lambda-container/image.tar" -C "$work/$1-tar"
  for layer in $(grep -o '"Layers":\[[^]]*\]' "$work/$1-tar/manifest.json" | grep -o '[^",[]*tar[^",]*\|blobs/[^",]*'); do
    tar -xf "$work/$1-tar/$layer" -C "$work/$1-root" 2> /dev/null
  done
}

entrypoint() { # name: the words of its ENTRYPOINT
  tr -d '\n' < "$work/$1/target/lambda-container/image.json" \
    | sed 's/.*"entrypoint" *: *\[\([^]]*\)\].*/\1/' | grep -o '"[^"]*"' | tr -d '"'
}

process() { # name root directory word...: a command of an image as a bare process, with that root as its own
  mkdir -p "$2/proc" "$2/dev" "$2/sys" "$2/tmp"
  printf '%s\n' / unshare "--root=$2" "--wd=$3" "${@:4}" "$handler" > "$work/$1.process"
}

processes() { # java major: measures what process() wrote, where the roots have the kernel's file systems
  # shellcheck disable=SC2016
  unshare --user --map-root-user --mount sh -ec '
    work=$1 major=$2 java=$3 here=$4 rounds=$5
    for root in "$work"/*"$major"-root; do
      for each in proc dev sys; do mount --rbind "/$each" "$root/$each"; done
    done
    exec "$java" "$here/FirstResponse.java" "$rounds" "$work/event.json" \
      "$work/documented$major.process" "$work/aws$major.process" "$work/plain$major.process" "$work/archived$major.process"
  ' sh "$work" "$2" "$1" "$here" "$rounds"
}

container() { # name option... image: a container as Lambda starts one of 512 MB, with the variables of its client
  # shellcheck disable=SC2086
  printf '%s\n' / $podman run --rm --read-only --tmpfs /tmp:rw,exec --user 993:990 --memory 512m \
    --network host --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 -e AWS_LAMBDA_RUNTIME_API -e AWS_LAMBDA_FUNCTION_NAME \
    -e AWS_LAMBDA_FUNCTION_MEMORY_SIZE -e AWS_REGION -e LANG "${@:2}" "$handler" > "$work/$1.container"
}

words() { # word...: as JSON
  printf '"%s",' "$@" | sed 's/^/[/;s/,$/]/'
}

compared() { # name root directory image word...: both, for a command that no image has as its own
  process "$1" "$2" "$3" "${@:5}"
  container "$1" --workdir "$3" --entrypoint "$(words "${@:5}")" "$4"
}

load() { # name: the id of the image in the plugin's archive, for the images of all archives have one name
  # shellcheck disable=SC2046
  $podman image inspect --format '{{.Id}}' \
    $($podman load --quiet --input "$work/$1/target/lambda-container/image.tar" | sed 's/.*: //')
}

bytes() { # name: the compressed size of its image
  tr -d '\n' < "$work/$1/target/lambda-container/image.json" \
    | sed 's/.*"compressedSize" *: *\([0-9]*\), *"uncompressed.*/\1/'
}

echo "$(nproc) cores, $(free -g | awk '/Mem:/ {print $2}') GiB, $rounds rounds, median milliseconds to the first response (least)"
echo
echo "| Java | image | process | of (1) | of (2) | container | of (1) | of (2) | compressed | build |"
echo "|---|---|---|---|---|---|---|---|---|---|"
for jdk in "$@"; do
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$jdk/release")
  major=${version%%.*}
  plain=plain$major archived=archived$major others=$work/others$major-root
  build "$plain" "$jdk" none > /dev/null
  plain_build=$(rm -rf "$work/$plain/target" && build "$plain" "$jdk" none)
  archived_build=$(build "$archived" "$jdk" auto)
  for name in "$plain" "$archived"; do
    unpack "$name"
    # shellcheck disable=SC2046
    process "$name" "$work/$name-root" /var/task $(entrypoint "$name")
    container "$name" "$(load "$name")"
  done

  # The same files with the whole JDK in place of the linked runtime, for (1) and (2).
  cp -a "$work/$plain-root" "$others"
  rm -rf "$others/var/lang"
  mkdir -p "$others/opt/function"
  cp -RL --preserve=mode,timestamps "$jdk" "$others/opt/jdk" 2> /dev/null || [ -x "$others/opt/jdk/bin/java" ]
  rm -rf "$others/opt/jdk/jmods"
  cp -p "$others"/var/task/lib/*.jar "$others"/var/runtime/lib/*.jar "$work/$plain/target/"*.jar "$others/opt/function/"
  "$others/opt/jdk/bin/java" -Xshare:dump -XX:+UseSerialGC -XX:SharedArchiveFile="$others/opt/aws.jsa" > /dev/null 2>&1
  image=$(tar -C "$others" -c . | $podman import --quiet -)

  # (1) every jar in the working directory, no flags.
  compared "documented$major" "$others" /opt/function "$image" /opt/jdk/bin/java -cp './*' $client

  # (2) the interface client on the class path, the function in the task root, the flags of AWS's bootstrap.
  jars=$(cd "$others" && printf '/%s:' var/runtime/lib/*.jar)
  compared "aws$major" "$others" /var/task "$image" /opt/jdk/bin/java -XX:MaxHeapSize=445645k -XX:+UseSerialGC \
    -Xshare:on -XX:SharedArchiveFile=/opt/aws.jsa -XX:+TieredCompilation -XX:TieredStopAtLevel=1 \
    --add-opens=java.base/java.io=ALL-UNNAMED -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac \
    -XX:+ErrorFileToStderr \
    -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="/$(cd "$others" && ls var/runtime/lib/jni/*.so)" \
    -classpath "${jars%:}" $client

  processes "$java_home/bin/java" "$major" > "$work/times"
  "$java_home/bin/java" "$here/FirstResponse.java" "$rounds" "$work/event.json" \
    "$work/"{documented,aws,plain,archived}"$major.container" >> "$work/times"
  row() { # name title compressed build
    awk -v name="$1" -v title="$2" -v java="$version" -v compressed="$3" -v build="$4" -v major="$major" '
      {median[$1] = $2; least[$1] = $3}
      function cells(kind,   own) {
        own = name kind
        return sprintf("%d (%d) | %.2f | %.2f", median[own], least[own], \
          median[own] / median["documented" major kind], median[own] / median["aws" major kind])
      }
      END {printf "| %s | %s | %s | %s | %s | %s |\n", java, title, cells(".process"), cells(".container"), compressed, build}
    ' "$work/times"
  }
  size=$(bytes "$plain")
  growth=$(($(bytes "$archived") - size))
  row "documented$major" "(1) as AWS documents it" "" ""
  row "aws$major" "(2) layout and flags of AWS's base" "" ""
  row "$plain" "(3) this plugin" "$(awk -v n="$size" 'BEGIN {printf "%.1f MB", n / 1e6}')" "$plain_build s"
  row "$archived" "(4) this plugin, startup.mode=auto" "$(awk -v n="$growth" 'BEGIN {printf "%+.1f MB", n / 1e6}')" \
    "$(awk -v a="$archived_build" -v p="$plain_build" 'BEGIN {printf "%+.1f s", a - p}')"
  $podman rmi --all --force > /dev/null
done
