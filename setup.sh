#!/usr/bin/env bash
# Sets up FuncGemma with language models in one run; see --help. Works with bash 3.2 (macOS).
set -euo pipefail

MINIMUM_OLLAMA=0.13.5 # the first that knows FunctionGemma
INSTALLER=https://ollama.com/install.sh
ATTEMPTS=3      # of a download
PROGRAM_MB=1000 # .venv with everything in it, rounded up
SPARE_MB=500    # stay free after a download

MODELS=1 GENERATOR=0 DRY_RUN=0 YES=0
CHANGED=0 BREWED=0 LEFT=""

usage() {
  cat <<'TEXT'
Usage: ./setup.sh [--with-generator] [--no-models] [--dry-run] [--yes]

Sets up FuncGemma on macOS (Homebrew) and Linux: .venv with the program, Ollama, its server,
and the models functiongemma (0.3 GB) and gemma3:4b (3.3 GB). What is there already is left
alone; a download that broke off goes on where it stopped: just run it again.

  --with-generator  also qwen2.5:7b (4.7 GB), which writes training text
  --no-models       download no models
  --dry-run         print each command that would change something, run none of them
  -y, --yes         ask nothing (Ollama's own installer on Linux needs root; you are asked first)
  -h, --help        this text

PYTHON=python3.12 ./setup.sh takes that Python (3.11 or newer).

Exit codes: 0 all is in place; 1 FuncGemma works, but something for language models is missing
(it says what); 2 wrong use; 3 FuncGemma itself could not be set up; 130 stopped with Ctrl-C.
TEXT
}

read_options() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --with-generator) GENERATOR=1 ;;
      --no-models) MODELS=0 ;;
      --dry-run) DRY_RUN=1 ;;
      -y | --yes) YES=1 ;;
      -h | --help) usage && exit 0 ;;
      *) wrong_use "unknown option $1" ;;
    esac
    shift
  done
  [ "$GENERATOR$MODELS" != 10 ] || wrong_use "--with-generator and --no-models contradict each other"
}

wrong_use() {
  printf 'setup.sh: %s\n  → ./setup.sh --help\n' "$1" >&2
  exit 2
}

# --- talking and doing

say() { printf '  %s\n' "$*"; }

step() { printf '\n== %s\n' "$*"; }

has() { command -v "$1" >/dev/null 2>&1; }

# Something for language models is missing: $1 what, $2 what to do. Always fails.
leave() {
  say "! $1"
  LEFT="$LEFT  - $1
      → $2
"
  return 1
}

# FuncGemma itself cannot be set up: $1 what, $2 what to do.
give_up() {
  printf '\nsetup.sh: %s\n  → %s\n' "$1" "$2" >&2
  exit 3
}

# Show a command that changes something, and run it unless this is a dry run.
run() {
  CHANGED=1
  printf '  $'
  printf ' %q' "$@"
  printf '\n'
  [ "$DRY_RUN" = 1 ] || "$@"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then run "$@"; else run sudo "$@"; fi
}

agree() {
  if [ "$YES" = 1 ] || [ "$DRY_RUN" = 1 ]; then return 0; fi
  if [ ! -t 0 ]; then
    say "Nobody is here to be asked; --yes agrees beforehand."
    return 1
  fi
  local answer=""
  printf '  %s [y/N] ' "$1"
  read -r answer || return 1
  case "$answer" in [yY] | [yY][eE][sS]) return 0 ;; *) return 1 ;; esac
}

# Whether version $1 is older than $2; an unknown one or a build of one's own (0.0.0) is not.
older() {
  local a b c x y z
  case "$1" in "" | 0.0.0*) return 1 ;; esac
  IFS=. read -r a b c <<<"$1"
  IFS=. read -r x y z <<<"$2"
  a=${a%%[!0-9]*} b=${b%%[!0-9]*} c=${c%%[!0-9]*} # 5-rc1 is 5
  [ $((10#${a:-0} * 1000000 + 10#${b:-0} * 1000 + 10#${c:-0})) -lt $((x * 1000000 + y * 1000 + z)) ]
}

# --- the machine

look_at_machine() {
  SYSTEM=$(uname -s)
  case "$SYSTEM" in
    Darwin | Linux) ;;
    *) give_up "this script knows macOS and Linux, not $SYSTEM" "docs/backends.md says what is needed" ;;
  esac
  step "This machine"
  local mb
  mb=$(memory_mb)
  if [ "$mb" = 0 ]; then
    say "$SYSTEM, memory unknown (gemma3:4b wants a machine of 8 GB)"
  elif [ "$mb" -lt 7168 ]; then # machines report somewhat less than they have
    say "$SYSTEM, $mb MB of memory: functiongemma fits; gemma3:4b would be slow, or swap"
  elif [ "$mb" -lt 12288 ]; then
    say "$SYSTEM, $mb MB of memory: gemma3:4b and functiongemma fit together, qwen2.5:7b alone"
  else
    say "$SYSTEM, $mb MB of memory: gemma3:4b, functiongemma and qwen2.5:7b all fit"
  fi
}

# 0 = unknown
memory_mb() {
  local pages="" size=1
  if [ "$SYSTEM" = Darwin ]; then
    pages=$(sysctl -n hw.memsize 2>/dev/null) || true
  else
    pages=$(getconf _PHYS_PAGES 2>/dev/null) || true
    size=$(getconf PAGE_SIZE 2>/dev/null) || true
  fi
  case "$pages.$size" in
    .* | *. | *[!0-9.]*) echo 0 ;;
    *) echo $((pages * size / 1048576)) ;;
  esac
}

# Whether $2 megabytes can be written at $1, which need not exist yet; yes if df does not tell.
has_room() {
  local place=$1 free
  while [ ! -d "$place" ] && [ "$place" != / ]; do place=$(dirname "$place"); done
  free=$(df -Pk "$place" 2>/dev/null | awk 'NR == 2 && $4 ~ /^[0-9]+$/ { print int($4 / 1024) }') || true
  [ -z "$free" ] || [ "$free" -ge "$2" ]
}

# --- FuncGemma itself

set_up_program() {
  step "FuncGemma"
  has make || give_up "make is missing" "$(how_to_get make)"
  if [ -x .venv/bin/funcgemma ] && make -q install >/dev/null 2>&1; then
    say ".venv is in place"
    return
  fi
  find_python
  has_room . "$PROGRAM_MB" ||
    give_up "less than $PROGRAM_MB MB are free in $PWD" "free some space and run it again"
  run make install "PYTHON=$PYTHON" ||
    give_up "make install failed; why stands above" "when that is mended, run it again: it goes on"
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        give_up "$candidate has no module venv" "on Debian and Ubuntu: sudo apt install python3-venv"
      PYTHON=$candidate
      return
    fi
  done
  has brew || give_up "Python 3.11 or newer is missing" "$(how_to_get python3)"
  run brew install python@3.13 || give_up "Python could not be installed" "why stands above"
  PYTHON=python3.13
}

how_to_get() {
  if [ "$SYSTEM" = Linux ]; then
    echo "with your system's packages, such as: sudo apt install $1; then run it again"
  elif [ "$1" = make ]; then
    echo "xcode-select --install; then run it again"
  else
    echo "Homebrew (https://brew.sh) or https://www.python.org/downloads; then run it again"
  fi
}

# --- Ollama

# `ollama --version` says "ollama version is X" of the server, "client version is Y" where the
# program's own differs, and "could not connect" where no server runs.
ask_versions() {
  local text
  text=$(ollama --version 2>&1) || true
  SERVER=$(sed -n 's/.*ollama version is \([0-9][^ ]*\).*/\1/p' <<<"$text")
  CLIENT=$(sed -n 's/.*client version is \([0-9][^ ]*\).*/\1/p' <<<"$text")
  CLIENT=${CLIENT:-$SERVER}
  case "$text" in *"could not connect"*) RUNNING=0 ;; *) RUNNING=1 ;; esac
}

set_up_ollama() {
  step "Ollama"
  if has brew && brew list --formula ollama >/dev/null 2>&1; then BREWED=1; fi
  if ! has ollama; then
    say "not installed"
    install_ollama || return 1
    SERVER="" CLIENT="" RUNNING=0
    [ "$DRY_RUN" = 0 ] || return 0
    has ollama || leave "ollama is installed, but not on PATH" "open a new terminal, run it again" || return 1
    ask_versions
    return
  fi
  ask_versions
  if ! older "$CLIENT" "$MINIMUM_OLLAMA"; then
    say "${CLIENT:-version unknown}, in place"
    return
  fi
  say "$CLIENT is older than $MINIMUM_OLLAMA, the first that knows FunctionGemma"
  install_ollama || true # the old one goes on serving gemma3:4b
  if [ "$DRY_RUN" = 1 ]; then SERVER="" CLIENT=""; else ask_versions; fi
}

# Install Ollama or bring it up to date.
install_ollama() {
  if [ "$BREWED" = 1 ]; then
    run brew upgrade ollama || leave "Ollama could not be updated" "why stands above; brew upgrade ollama" || return 1
    run brew services restart ollama || true # else the old server goes on; it is asked for later
  elif [ "$SYSTEM" = Linux ]; then
    install_on_linux
  elif has brew && ! has ollama; then
    run brew install ollama || leave "Ollama could not be installed" "why stands above; brew install ollama" || return 1
    BREWED=1
  else
    leave "no Homebrew to install or update Ollama with" \
      "get the app from https://ollama.com/download (or Homebrew from https://brew.sh), then run it again"
  fi
}

install_on_linux() {
  local by_hand="see https://docs.ollama.com/linux (manual install), then run it again"
  case "$(uname -m)" in
    x86_64 | aarch64 | arm64) ;;
    *) leave "Ollama has no program for $(uname -m)" "language models: docs/backends.md" || return 1 ;;
  esac
  has curl || leave "Ollama's installer needs curl" "$(how_to_get curl)" || return 1
  [ "$(id -u)" = 0 ] || has sudo || leave "Ollama's installer needs root, and sudo is missing" "$by_hand" || return 1
  say "Ollama's installer ($INSTALLER, read it there) puts Ollama below /usr or /usr/local as"
  say "root and, where systemd runs, adds a service with a user of its own."
  agree "Run it?" || leave "Ollama was not installed or updated" "./setup.sh --yes, or $by_hand" || return 1
  local script=/tmp/install.sh
  [ "$DRY_RUN" = 1 ] || script=$(mktemp "${TMPDIR:-/tmp}/install-ollama.XXXXXX")
  # Not piped into sh: half a download must never run.
  if ! run curl -fsSL --retry "$ATTEMPTS" -o "$script" "$INSTALLER" || ! run sh "$script"; then
    leave "Ollama could not be installed" "why stands above; $by_hand"
    return 1
  fi
  [ "$DRY_RUN" = 1 ] || rm -f "$script"
}

set_up_server() {
  if [ "$RUNNING" = 0 ]; then
    start_server
    wait_for_server || return 1
  else
    say "the server runs"
  fi
  if older "$SERVER" "$MINIMUM_OLLAMA" && ! older "$CLIENT" "$MINIMUM_OLLAMA"; then
    leave "the running server is still Ollama $SERVER" \
      "restart it (brew services restart ollama, sudo systemctl restart ollama), then run it again" || true
  fi
}

start_server() {
  if [ "$BREWED" = 1 ] && run brew services start ollama; then
    say "The server starts at login from now on (brew services stop ollama ends that)."
    return
  fi
  if has systemctl && systemctl cat ollama.service >/dev/null 2>&1 &&
    as_root systemctl enable --now ollama; then
    say "The server starts with the machine from now on (sudo systemctl disable --now ollama ends that)."
    return
  fi
  CHANGED=1
  say "$ nohup ollama serve >$HOME/.ollama/serve.log 2>&1 &"
  if [ "$DRY_RUN" = 0 ]; then
    mkdir -p "$HOME/.ollama"
    # a process group of its own: Ctrl-C in a later download must not end the server
    (set -m; nohup ollama serve >"$HOME/.ollama/serve.log" 2>&1 </dev/null &)
  fi
  say "The server runs until this machine is restarted; after that: ollama serve"
}

wait_for_server() {
  local second=0
  [ "$DRY_RUN" = 0 ] || return 0
  while [ "$second" -lt 30 ]; do
    ask_versions
    [ "$RUNNING" = 0 ] || return 0
    sleep 1
    second=$((second + 1))
  done
  leave "the Ollama server did not start within 30 seconds" "look at what this says: ollama serve"
}

# --- models

pull_models() {
  step "Models"
  # each with the megabytes of its download
  if older "$SERVER" "$MINIMUM_OLLAMA"; then
    say "functiongemma waits for Ollama $MINIMUM_OLLAMA"
  else
    pull functiongemma 301 || true
  fi
  pull gemma3:4b 3339 || true
  [ "$GENERATOR" = 0 ] || pull qwen2.5:7b 4683 || true
}

pull() {
  local attempt=1
  if is_pulled "$1"; then
    say "$1 is in place"
    return
  fi
  has_room "$(models_folder)" $(($2 + SPARE_MB - $(half_pulled_mb))) ||
    leave "$1 was not downloaded: less than $(($2 + SPARE_MB)) MB are free at $(models_folder)" \
      "free some space, then run it again" || return 1
  while ! run ollama pull "$1"; do
    if [ "$attempt" -ge "$ATTEMPTS" ]; then
      leave "$1 is not complete: the download broke off $ATTEMPTS times" \
        "run it again when the network is better: it goes on where it stopped" || return 1
    fi
    attempt=$((attempt + 1))
    say "It broke off; once more, from where it stopped ..."
    sleep 3
  done
}

is_pulled() {
  [ "$RUNNING" = 1 ] || return 1 # nobody to ask in a dry run
  ollama list 2>/dev/null | awk -v name="$1" '$1 == name || $1 == name ":latest" { found = 1 } END { exit !found }'
}

# The installer's service keeps models in the home of its own user.
models_folder() {
  if [ -n "${OLLAMA_MODELS:-}" ]; then
    echo "$OLLAMA_MODELS"
  elif [ -d /usr/share/ollama ]; then
    echo /usr/share/ollama/.ollama/models
  else
    echo "$HOME/.ollama/models"
  fi
}

# What broken downloads have on disk already: they need so much less.
half_pulled_mb() {
  local mb
  mb=$(du -ck "$(models_folder)"/blobs/*-partial 2>/dev/null | awk 'END { print int($1 / 1024) }') || true
  echo "${mb:-0}"
}

# --- the end

finish() {
  step "Done"
  if [ "$DRY_RUN" = 1 ]; then
    say "A dry run: nothing was changed."
  elif [ "$CHANGED" = 0 ] && [ -z "$LEFT" ]; then
    say "Everything was in place; nothing was done."
  fi
  if [ -n "$LEFT" ]; then
    say "For language models this is missing (FuncGemma works without):"
    printf '%s' "$LEFT"
  fi
  say "Talk:  make chat"
  say "Look:  .venv/bin/funcgemma doctor"
  [ -z "$LEFT" ] || exit 1
}

main() {
  read_options "$@"
  cd "$(dirname "${BASH_SOURCE[0]}")"
  trap 'printf "\nStopped. Run ./setup.sh again: it goes on where it stopped.\n" >&2; exit 130' INT TERM
  look_at_machine
  set_up_program
  if set_up_ollama && set_up_server && [ "$MODELS" = 1 ]; then pull_models; fi
  finish
}

main "$@"
