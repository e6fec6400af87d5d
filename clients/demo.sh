#!/usr/bin/env bash
# A walk through the main job on a made-up market whose truth is known: make it, import it, judge it, see what was
# caught and what was missed, and read two verdicts. Needs zhengpin and zhengpin-server on the PATH (./run demo sees to that); arguments go to
# `zhengpin-server simulate`. The server is stopped and everything deleted, however it ends.
set -euo pipefail

folder=$(mktemp -d)
server='' step=''

say() { printf '%s\n' "$@" >&2; }

clean_up() { # runs once, whatever ended the script
  local status=$?
  trap '' INT TERM HUP
  for process in $step $server; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  [ "$status" -eq 0 ] || show_why "$status"
  rm -rf "$folder"
}

show_why() { # EXIT STATUS
  [ -t 2 ] && printf '\033[?25h' >&2 # a bar that was broken off leaves the cursor hidden
  if [ "$1" -gt 128 ]; then
    say "" "Interrupted; the server is stopped."
  elif [ -s "$folder/server.log" ]; then
    say "" "The demo failed. What the server said last:"
    tail -n 20 "$folder/server.log" >&2
  fi
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Commands run beside the script, which waits for them: so a signal is answered at once, and not after the command.

run() { # COMMAND LINE: show it as one would type it, and run it
  say "" "\$ $1"
  eval "exec $1" &
  step=$!
  wait "$step"
  step=''
}

serve() {
  say "" "\$ zhengpin-server serve --listen 127.0.0.1:0 --port-file port &"
  zhengpin-server serve --listen 127.0.0.1:0 --port-file port --database sqlite:///zhengpin.db >server.log 2>&1 &
  server=$!
  until [ -f port ]; do
    kill -0 "$server" 2>/dev/null || { say "The server did not start."; return 1; }
    sleep 0.1
  done
  export ZHENGPIN_SERVER=127.0.0.1:$(cat port)
}

example() { # NAME: the listing that the comparison names
  sed -n "s/.*\"examples\": {[^}]*\"$1\": \"\([^\"]*\)\".*/\1/p" comparison.json
}

unset "${!ZHENGPIN_@}" # a server of one's own, and no other
export XDG_STATE_HOME=$folder
cd "$folder"

say "A made-up market. It knows which of its listings are fake, and tells nobody."
run "zhengpin-server simulate --out market ${*:---listings 2500} >/dev/null"
serve
say "" "What was is told before what is, so that edits and price cuts are seen as such."
run "zhengpin import market/parties.jsonl market/history.jsonl"
run "zhengpin import market/listings.jsonl market/trade.jsonl --screen"
say "" "Every listing has its verdict. What was caught, what was missed, who was suspected wrongly?"
run "zhengpin verdicts compare market/truth.jsonl"
zhengpin --json verdicts compare market/truth.jsonl >comparison.json
caught=$(example caught) passed=$(example passed)
if [ -n "$caught" ]; then
  say "" "A fake that was caught, and why:"
  run "zhengpin verdicts show $caught"
fi
if [ -n "$passed" ]; then
  say "" "A genuine listing that looks like a fake, and stays on sale:"
  run "zhengpin verdicts show $passed"
fi
say "" "That was the main job, in $SECONDS s. The server is stopped, its data deleted. Next: README.md, 'A first call'."
