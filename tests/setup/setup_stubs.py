"""Commands that stand in for the real ones on a PATH of their own; each notes how it was called.

What the machine is like lies in files of its state folder: `system`, `arch`, `memory`, `free`
(megabytes), `client` and `server` (Ollama's versions), `models` (one a line), `broken_pulls`
(how many pulls break off), `uid`, `failing` (commands that end with an error); where there is a
file `brewed`, `service`, `dead_server` or `interrupted`, Ollama came from Homebrew, has a systemd
service, does not start, or Ctrl-C is pressed during a pull.
"""

REAL = (
    "awk", "bash", "cat", "chmod", "cp", "dirname", "du", "grep", "mkdir", "mktemp", "nohup", "rm",
    "sed", "touch",
)  # fmt: skip
"""What every system has, and what changes nothing outside of the test's folder."""

HEAD = """#!/bin/bash
state=@STATE@
echo "@NAME@${*:+ $*}" >>"$state/calls"
tell() { cat "$state/$1" 2>/dev/null; }
if tell failing | grep -qxF "@NAME@${*:+ $*}"; then echo "@NAME@: it failed" >&2; exit 1; fi
"""

STUBS = {
    "uname": 'case "$1" in -m) tell arch ;; *) tell system ;; esac',
    "id": "tell uid",
    "sleep": "",
    "sysctl": "echo $(($(tell memory) * 1048576))",
    "getconf": 'case "$1" in PAGE_SIZE) echo 1048576 ;; *) tell memory ;; esac',
    "df": """
echo "Filesystem 1024-blocks Used Available Capacity Mounted on"
echo "/dev/disk 1 1 $(($(tell free) * 1024)) 1% /"
""",
    "python3": 'case "$2" in *version_info*) exit "$(tell old_python || echo 0)" ;; esac',
    "make": """
if [ "$1" = -q ]; then test -e "$state/installed"; exit; fi
mkdir -p .venv/bin && echo '#!/bin/bash' >.venv/bin/funcgemma && chmod +x .venv/bin/funcgemma
touch "$state/installed"
""",
    "brew": """
case "$*" in
  "list --formula ollama") test -e "$state/brewed" ;;
  "install ollama") touch "$state/brewed"; echo 0.14.0 >"$state/client"; @ADD_OLLAMA@ ;;
  "upgrade ollama") echo 0.14.0 >"$state/client" ;;
  "services start ollama" | "services restart ollama") tell client >"$state/server" ;;
  "install python@3.13") cp "@BIN@/python3" "@BIN@/python3.13"; echo 0 >"$state/old_python" ;;
esac
""",
    "curl": """
while [ $# -gt 1 ]; do [ "$1" = -o ] && target=$2; shift; done
echo 'the installer' >"$target"
""",
    "sh": """
grep -q 'the installer' "$1" || exit 1
echo 0.14.0 >"$state/client"
test ! -e "$state/server" || tell client >"$state/server"
@ADD_OLLAMA@
""",
    "sudo": '"$@"',
    "systemctl": """
case "$1" in
  cat) test -e "$state/service" ;;
  enable) tell client >"$state/server" ;;
esac
""",
    "ollama": """
case "$1" in
  --version)
    if [ -e "$state/server" ]; then
      echo "ollama version is $(tell server)"
      [ "$(tell server)" = "$(tell client)" ] || echo "Warning: client version is $(tell client)"
    else
      echo "Warning: could not connect to a running Ollama instance"
      echo "Warning: client version is $(tell client)"
    fi ;;
  serve) test -e "$state/dead_server" || tell client >"$state/server" ;;
  list)
    echo "NAME ID SIZE MODIFIED"
    tell models | while read -r name; do echo "$name 7c19b650567a 301 MB 2 days ago"; done ;;
  pull)
    if [ -e "$state/interrupted" ]; then kill -INT "$PPID"; exit 1; fi
    left=$(tell broken_pulls || echo 0)
    if [ "$left" -gt 0 ]; then echo $((left - 1)) >"$state/broken_pulls"; exit 1; fi
    case "$2" in *:*) echo "$2" ;; *) echo "$2:latest" ;; esac >>"$state/models" ;;
esac
""",
}

LOOKING = (
    "uname", "id", "sysctl", "getconf", "df", "sleep", "python3 -c", "make -q", "brew list",
    "ollama --version", "ollama list", "systemctl cat",
)  # fmt: skip
"""How the calls begin that change nothing."""
