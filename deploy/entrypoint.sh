#!/bin/sh
# Starts one app of the image: the first argument is its name.
set -eu
app="${1:---help}"
case "$app" in
  -* | */* | .* | cli | standalone) main='' ;;
  *) main="/waystation/apps/$app/dist/main.js" ;;
esac
[ -z "$main" ] || [ ! -f "$main" ] || exec node --enable-source-maps "$main"
echo "usage: waystation-service ingest|routing|dispatch|audit|control, or a processing app: $(ls /waystation/apps | grep -vxE 'cli|standalone' | tr '\n' ' ')"
echo "example: docker run --rm -e WAYSTATION_DATABASE_URL=postgres://… waystation routing"
[ "$app" = "--help" ] || exit 2
