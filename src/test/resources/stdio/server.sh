#!/bin/sh
# A legacy MCP server over its standard streams that behaves as its first argument says.
# Needs nothing but a shell; reads one message a line.
mode=${1:-good}
calls=0
answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
say() { printf '{"jsonrpc":"2.0","method":"%s","params":%s}\n' "$1" "$2"; }

case $mode in
  at-once) echo "no such module" >&2; exit 3 ;;
  never-ends | stuck) trap '' TERM INT HUP ;;
  stderr) i=0; while [ $i -lt 20000 ]; do echo "complaint $i of a server that complains a lot" >&2; i=$((i + 1)); done ;;
  banner) echo "Welcome to my server 1.0"; echo; echo "[listening on stdio]" ;;
  endless) while :; do printf 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; done ;;
  babble) while :; do echo "this is no message"; done ;;
esac

while IFS= read -r line; do
  id=${line#*\"id\":}
  id=${id%%[,\}]*}
  case $line in
    *'"method":"server/discover"'*)
      case $mode in
        silent) ;;
        offended) exit 4 ;;
        *) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"Method not found"}}\n' "$id" ;;
      esac ;;
    *'"method":"initialize"'*)
      [ "$mode" = refuses ] && { printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32000,"message":"no"}}\n' "$id"; continue; }
      answer '{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true},"logging":{},"resources":{"subscribe":true}},"serverInfo":{"name":"sh","version":"1"}}' ;;
    *'"method":"tools/list"'*)
      if [ "$mode" = pages ]; then
        # a hundred tools in pages of seven
        from=${line#*\"cursor\":\"}
        [ "$from" = "$line" ] && from=0
        from=${from%%\"*}
        page= ; i=$from
        while [ $i -lt $((from + 7)) ] && [ $i -lt 100 ]; do
          page="$page${page:+,}"'{"name":"t'$i'","inputSchema":{"type":"object"}}'
          i=$((i + 1))
        done
        next=
        [ $i -lt 100 ] && next=',"nextCursor":"'$i'"'
        answer '{"tools":['"$page"']'"$next"'}'
        continue
      fi
      answer '{"tools":[{"name":"echo","inputSchema":{"type":"object"}},{"name":"die","inputSchema":{"type":"object"}}]}' ;;
    *'"method":"resources/'*'subscribe"'*)
      answer '{}'
      say notifications/resources/updated '{"uri":"a://1"}' ;;
    *'"name":"die"'*) exit 7 ;;
    *'"name":"hang"'*) ;;
    *'"name":"stop-reading"'*) while :; do sleep 1; done ;;
    *'"name":"deep"'*)
      deep= ; i=0
      while [ $i -lt 900 ]; do deep="[$deep]"; i=$((i + 1)); done
      answer '{"content":[],"structuredContent":{"deep":'"$deep"'}}' ;;
    *'"name":"pid"'*) calls=$((calls + 1)); answer '{"content":[{"type":"text","text":"'$$' '$calls'"}]}' ;;
    *'"name":"env"'*) answer '{"content":[{"type":"text","text":"'"$(env | sort | tr '\n"\\' ';..')"'"}]}' ;;
    *'"name":"where"'*) answer '{"content":[{"type":"text","text":"'"$(pwd)"'"}]}' ;;
    *'"name":"progress"'*)
      say notifications/message '{"level":"info","data":"beginning"}'
      token=${line#*\"progressToken\":}
      token=${token%%[,\}]*}
      say notifications/progress '{"progressToken":'"$token"',"progress":1}'
      echo "debug: not a message"
      say notifications/progress '{"progressToken":'"$token"',"progress":2}'
      answer '{"content":[{"type":"text","text":"done"}]}' ;;
    *'"name":"ask"'*)
      asked=$id
      printf '{"jsonrpc":"2.0","id":"q-1","method":"elicitation/create","params":{"message":"Who?","requestedSchema":{"type":"object","properties":{}}}}\n' ;;
    *'"id":"q-1"'*) id=$asked; answer '{"content":[{"type":"text","text":"answered"}]}' ;;
    *'"name":"echo"'* | *'"name":"t'[0-9]*) answer '{"content":[{"type":"text","text":"served"}]}' ;;
    *'"method":"notifications/cancelled"'*) echo "cancelled $line" >&2 ;;
    *'"method":"notifications/'*) ;;
    *) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"Method not found"}}\n' "$id" ;;
  esac
done
[ "$mode" = never-ends ] && while :; do sleep 1; done
exit 0
