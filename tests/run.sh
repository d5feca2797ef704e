#!/usr/bin/env bash
# The one test command. On a Debian machine with the .NET SDK and root it installs what the tests need, restores, checks
# the format, builds, and runs every test; it closes with a line "N passed, N failed, N skipped".
# Exit: 0 nothing failed and something ran, 1 a test failed, 2 the run itself could not be done.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

readonly RUN=Weir.TestRun
# Where Debian and Homebrew keep servers that are not on the PATH.
readonly SERVER_FOLDERS=${WEIR_TEST_SERVER_FOLDERS:-/usr/lib/rabbitmq/bin:/usr/lib/postgresql/*/bin:/opt/homebrew/sbin:/opt/homebrew/bin}

say() { printf '[run] %s\n' "$*"; }
cannot() {
  printf '[run] cannot run: %s\n' "$1" >&2
  exit 2
}

usage() {
  sed -n '/usage: tests\/run.sh/,/exit: 0 nothing/p' "tests/$RUN/RunOptions.cs" | sed 's/^ \{8\}//'
}

# Refused before minutes of building; what the switches mean is the run program's to say.
servers=1
check_switches() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) usage && exit 0 ;;
      --quick | --unit-only | --list) servers=0 ;;
      --integration-only | --load-only | --no-load-tests | --verbose) ;;
      --suite | --filter | --alone | --seed | --silence)
        [ $# -ge 2 ] || { usage >&2 && cannot "$1 needs a value"; }
        shift
        ;;
      *) usage >&2 && cannot "unknown switch $1" ;;
    esac
    shift
  done
}

# have PROGRAM: on the PATH or where its package puts it
have() {
  command -v "$1" >/dev/null 2>&1 && return
  local IFS=: folder
  for folder in $SERVER_FOLDERS; do [ -x "$folder/$1" ] && return; done
  return 1
}

docker_answers() { command -v docker >/dev/null 2>&1 && timeout 10 docker version >/dev/null 2>&1; }

# install PACKAGES...: false where that failed, with the end of its output
install_packages() {
  say "installing $*"
  local log
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    return 1
  fi
  rm -f "$log"
}

# Where the servers of the tests will come from; the tests themselves choose again, in the same order. Icecast is for the
# radio worker's tests alone, which are skipped where there is none: containers bring no Icecast.
ensure_servers() {
  case ${WEIR_TEST_INFRA:-auto} in env | docker) return ;; esac
  [ -n "${WEIR_TEST_RABBITMQ:-}" ] && [ -n "${WEIR_TEST_POSTGRES:-}" ] && return
  if have rabbitmq-server && have initdb; then
    have icecast2 || ensure_icecast
    return
  fi
  [ "${WEIR_TEST_INFRA:-auto}" = auto ] && docker_answers && return

  local packages=(rabbitmq-server postgresql icecast2)
  local advice="start Docker, or: apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
  command -v apt-get >/dev/null 2>&1 || cannot "no RabbitMQ and PostgreSQL here, and no apt-get to install them with; start Docker, or install both"
  [ "$(id -u)" = 0 ] || cannot "no RabbitMQ and PostgreSQL here, and only root may install them; $advice"
  install_packages "${packages[@]}" || cannot "installing ${packages[*]} failed (above: the end of its output); $advice"
}

ensure_icecast() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    install_packages icecast2 || say "installing icecast2 failed: its tests are skipped"
  else
    say "no icecast2 here: its tests are skipped; to run them: apt-get install -y --no-install-recommends icecast2"
  fi
}

# step NAME COMMAND...: shows its output only when it fails
step() {
  local name=$1 started=$SECONDS log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    cannot "$name failed: $*"
  fi
  rm -f "$log"
  say "$name: $((SECONDS - started)) s"
}

check_switches "$@"
command -v dotnet >/dev/null 2>&1 || cannot "no dotnet on the PATH; install the .NET SDK that global.json names"
# A machine without ICU still runs everything: nothing here depends on a culture.
ldconfig -p 2>/dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

[ $servers = 1 ] && ensure_servers
step restore dotnet restore Bus.sln --locked-mode
step format dotnet format whitespace --folder . --verify-no-changes --exclude artifacts
step build dotnet build Bus.sln --configuration Release --no-restore

# A shell's background jobs ignore SIGINT, and so does all that they start: the tests of Ctrl-C would wait in vain.
heeding=()
env --default-signal=INT true 2>/dev/null && heeding=(env --default-signal=INT)
exec ${heeding[@]+"${heeding[@]}"} dotnet "artifacts/bin/$RUN/release/$RUN.dll" "$@"
