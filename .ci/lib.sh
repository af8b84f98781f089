# Shared by .ci/run and .ci/main-job: temporary folders, ports, servers that are stopped by the pid we started.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/buildrunner-ci-XXXXXX")
chmod 755 "$WORK" # Postgres runs as another user below it

# What the caller happens to have set would change what is tested.
unset PORT HOST DATABASE_URL REDIS_URL TEST_DATABASE_URL LOG_LEVEL DATABASE_POOL_SIZE
unset BUILDRUNNER_API_KEY BUILDRUNNER_BASE_URL BUILDRUNNER_PROJECT_ID BUILDRUNNER_DATA_DIR
export XDG_CONFIG_HOME=$WORK/config NO_COLOR=1

PIDS=()

# The process that serves, below `npm start`; nothing where there is none.
serving_pid() {
  local pid child
  for pid in "$@"; do
    [ -r "/proc/$pid/cmdline" ] || continue
    if tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'api/dist/main.js'; then echo "$pid"; return; fi
    for child in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do serving_pid "$child"; done
  done
}

# Stops a process that we started and waits for its end; its exit code is in STOPPED_WITH. Below npm, the signal goes to the
# server itself: npm would pass it on and end at once, with a code of its own.
stop_pid() {
  local pid=$1 left=() other server
  server=$(serving_pid "$pid")
  kill -TERM "${server:-$pid}" 2>/dev/null
  wait "$pid" 2>/dev/null
  STOPPED_WITH=$?
  for other in "${PIDS[@]}"; do [ "$other" = "$pid" ] || left+=("$other"); done
  PIDS=("${left[@]}")
}

clean_up() {
  local pid
  for pid in "${PIDS[@]}"; do stop_pid "$pid"; done
  rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Puts a port that is free now into PORT_FOUND.
find_port() {
  PORT_FOUND=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
}

# wait_for SECONDS COMMAND...: repeats the command until it succeeds.
wait_for() {
  local until=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}

# field FILE KEY: one value of a JSON file.
field() { node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))[process.argv[2]]' "$1" "$2"; }

# start_server NAME PORT: the README's `npm start` with a data folder of its own, until it says that it is ready.
# Its pid is in SERVER_PID, its log in $WORK/NAME.log.
start_server() {
  local log=$WORK/$1.log
  : >"$log"
  (cd "$ROOT" && PORT=$2 BUILDRUNNER_DATA_DIR=$WORK/$1 exec npm start) >"$log" 2>&1 &
  SERVER_PID=$!
  PIDS+=("$SERVER_PID")
  wait_for 600 started_or_ended "$log" "$SERVER_PID"
  grep -q 'is ready at' "$log" && return
  cat "$log"
  return 1
}

started_or_ended() { grep -q 'is ready at' "$1" || ! kill -0 "$2" 2>/dev/null; }
