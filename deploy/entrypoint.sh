#!/bin/sh
# Starts one app of the image: the first argument is its name.
set -eu
case "${1:---help}" in
  ingest | routing | dispatch | audit | control)
    exec node --enable-source-maps "/waystation/apps/$1/dist/main.js"
    ;;
  *)
    echo "usage: waystation-service ingest|routing|dispatch|audit|control"
    echo "example: docker run --rm -e WAYSTATION_DATABASE_URL=postgres://… waystation routing"
    [ "${1:---help}" = "--help" ] || exit 2
    ;;
esac
