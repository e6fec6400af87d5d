#!/usr/bin/env bash
# A walk through the main job on a made-up market whose truth is known: make it, import it, judge it, see what was
# caught and what was missed, and read two verdicts; then let shop owners vote, and see the boards and whose votes were
# left out; last, look at one supplier: whether to let it in, how good it is, and with whom it belongs together. Takes how
# many listings there are, by default 2000. Needs zhengpin and zhengpin-server on the PATH (./run demo sees to that).
# However it ends, no process and no file is left.
set -euo pipefail

listings=${1:-2000}
folder=$(mktemp -d)

say() { printf '%s\n' "$@" >&2; }

clean_up() { # runs once, whatever ended the script
  local status=$? process
  trap '' INT TERM HUP
  for process in $(jobs -p); do
    stop "$process"
  done
  [ "$status" -eq 0 ] || say_why "$status"
  rm -rf "$folder"
}

stop() { # PROCESS: asked until it is gone, for one that has only just begun may miss it; after 15 s it is killed
  local asked=0
  while kill "$1" 2>/dev/null; do
    asked=$((asked + 1))
    [ "$asked" -lt 150 ] || kill -KILL "$1" 2>/dev/null || true
    sleep 0.1
  done
}

say_why() { # EXIT STATUS
  [ ! -t 2 ] || printf '\033[?25h' >&2 # a progress bar that is broken off leaves the cursor hidden
  if [ "$1" -gt 128 ]; then
    say "" "Interrupted: the server is stopped, its data deleted."
  elif [ -s "$folder/server.log" ]; then
    say "" "The demo failed. What the server said last:"
    tail -n 20 "$folder/server.log" >&2
  fi
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

run() { # COMMAND LINE: show it as one would type it, and run it
  say "" "\$ $1"
  eval "trap '' INT; exec $1" & # Ctrl-C is this script's to answer: it ends the command quietly
  local command=$!
  # Not one long `wait`: a signal that meets the beginning of it would be answered at its end only.
  while kill -0 "$command" 2>/dev/null; do sleep 0.1; done
  wait "$command"
}

serve() { # until the script ends; returns once calls are taken
  local server latest=$((SECONDS + 120))
  say "" "\$ zhengpin-server serve --listen 127.0.0.1:0 --port-file port &"
  zhengpin-server serve --listen 127.0.0.1:0 --port-file port --database sqlite:///zhengpin.db >server.log 2>&1 &
  server=$!
  until [ -f port ]; do
    kill -0 "$server" 2>/dev/null || { say "The server did not start."; return 1; }
    [ "$SECONDS" -lt "$latest" ] || { say "The server takes no calls after two minutes."; return 1; }
    sleep 0.1
  done
  export ZHENGPIN_SERVER=127.0.0.1:$(cat port)
}

example() { # NAME: the listing that the comparison names as such
  sed -n "s/.*\"examples\": {[^}]*\"$1\": \"\([^\"]*\)\".*/\1/p" comparison.json
}

show() { # NAME WORDS: walk through the verdict on an example, if there is one
  local listing
  listing=$(example "$1")
  [ -n "$listing" ] || return 0
  say "" "$2"
  run "zhengpin verdicts show $listing"
}

hired() { # a target and a voter: one whose vote somebody ordered, on something of which votes are left out; or nothing
  zhengpin --json vote-windows list --limit 1000 | sed -n 's/.*"target": {"[a-z_]*": "\([^"]*\)"}.*/"\1"/p' >alarmed
  sed -n 's/.*"voteId":\("[^"]*"\).*"arranged":true.*/\1/p' market/votes_truth.jsonl >ordered
  grep -F -f ordered market/votes.jsonl | grep -F -f alarmed | head -n 1 |
    sed -n 's/.*"voterId":"\([^"]*\)","target":{"\([a-z]*\)[A-Za-z]*":"\([^"]*\)"}.*/\2:\3 \1/p'
}

in_ring() { # a shop that sells fakes in a ring that the server has found by now; or nothing
  local shop
  for shop in $(sed -n 's/.*"supplierId":"\([^"]*\)","truth":"ring shop".*/\1/p' market/suppliers_truth.jsonl | head -n 5); do
    zhengpin --json supplier links "$shop" | grep -q '"ring"' || continue
    printf '%s\n' "$shop"
    return
  done
}

case $listings in
'' | *[!0-9]*) say "'$listings' is no number of listings: write ./run demo, or ./run demo 500"; exit 2 ;;
esac
unset "${!ZHENGPIN_@}" # this script's own server, and none that the environment names
export XDG_STATE_HOME=$folder
cd "$folder"

say "A made-up market that knows which of its listings are fake, and tells nobody:"
run "zhengpin-server simulate --out market --listings $listings >/dev/null"
serve
say "" "What was is told before what is, so that edits and price cuts are seen as such:"
run "zhengpin import market/parties.jsonl market/supplier_facts.jsonl market/history.jsonl"
model=$(zhengpin --json models list | sed -n 's/.*"live": "\([^"]*\)".*/\1/p')
if [ -n "$model" ]; then
  say "" "The model that ships only advises. It has learned from markets like this one," \
    "so here it may ask for looks:"
  run "zhengpin models promote $model --live --note 'a simulated market' >/dev/null"
fi
run "zhengpin import market/listings.jsonl market/trade.jsonl --screen"
say "" "Every listing has its verdict. What was caught, what was missed," "who was suspected wrongly?"
run "zhengpin verdicts compare market/truth.jsonl"
zhengpin --json verdicts compare market/truth.jsonl >comparison.json
show caught "A fake that was caught, and why:"
show passed "A genuine listing that looks like a fake, and stays on sale:"
say "" "Shop owners vote on products, brands, factories and places," "most of them honestly, some for money:"
run "zhengpin import market/votes.jsonl"
run "zhengpin-server weigh-votes --database sqlite:///zhengpin.db --marketplace default"
say "" "What surely is better than others of its kind stands on the red board," "what surely is worse on the black one:"
run "zhengpin standings list --board red --limit 5"
run "zhengpin standings list --board black --limit 5"
read -r target voter <<<"$(hired)"
if [ -n "$voter" ]; then
  say "" "Votes that look arranged are left out until a person decides:"
  run "zhengpin vote-windows list --target $target --limit 1"
  say "" "What one of these voters is told:"
  run "zhengpin voters show $voter --limit 5"
fi
supplier=$(in_ring)
if [ -n "$supplier" ]; then
  say "" "One of the suppliers: would it be let in today?"
  run "zhengpin supplier check $supplier" || [ $? -ge 4 ] # 4 and 5 are answers: papers are missing, or it is refused
  say "" "How good is it, and why?"
  run "zhengpin supplier score $supplier"
  say "" "With whom does it belong together, and what says so?"
  run "zhengpin supplier links $supplier --limit 3"
fi
say "" "That was the main job, in $SECONDS s. The server is stopped, its data deleted." \
  "Next: README.md, 'A first call'."
