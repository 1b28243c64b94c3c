/**
 * A module as people write them for mercure: it knows the folders by their variables, looks for `.dcm` files, reads its
 * settings from `task.json`, and exits with 1 where something is wrong.
 */
export const mercureModule = `#!/bin/sh
set -e
if [ -z "$MERCURE_IN_DIR" ] || [ -z "$MERCURE_OUT_DIR" ]; then
  echo "Error: arguments missing"; exit 1
fi
cd "$MERCURE_IN_DIR"
count=0
for file in *.dcm; do
  series="\${file%%#*}"
  name="\${file#*#}"
  [ -f "\${file%.dcm}.tags" ] || { echo "Error: no tags"; exit 1; }
  echo "processing $name of $series"
  cp "$file" "$MERCURE_OUT_DIR/\${series}#processed_\${name}"
  count=$((count + 1))
done
what=$(sed -n 's/.*"region": "\\(.*\\)".*/\\1/p' task.json | head -n 1)
echo "{\\"images\\": $count, \\"region\\": \\"$what\\", \\"__mercure_routing\\": {\\"target\\": \\"PACS\\"}}" > "$MERCURE_OUT_DIR/result.json"
echo "report on $what" > "$MERCURE_OUT_DIR/report.txt"
echo done >&2
`;

/** One that does what its settings say, and none of it is good. */
export const badModule = `#!/bin/sh
case "$(sed -n 's/.*"kind": "\\(.*\\)".*/\\1/p' "$MERCURE_IN_DIR/task.json" | head -n 1)" in
  nothing) ;;
  garbage) echo "this is no DICOM" > "$MERCURE_OUT_DIR/garbage.dcm" ;;
  link) ln -s /etc/passwd "$MERCURE_OUT_DIR/link.dcm" ;;
  files) cd "$MERCURE_OUT_DIR"; for n in $(seq 100000); do : > $n; done ;;
  disk) while true; do n=$((n + 1)); head -c 1000000 /dev/zero > "$MERCURE_OUT_DIR/$n" || exit 1; done ;;
  result) echo "[1" > "$MERCURE_OUT_DIR/result.json" ;;
  exit) echo "it did not work"; exit 9 ;;
  input) rm -f "$MERCURE_IN_DIR"/*; exit 3 ;;
  hang) trap "" TERM; echo hanging; while true; do sleep 1; done ;;
esac
exit 0
`;

/** One that gives patients the name that its settings say, which is as long as theirs, and never does so at its first start. */
export const renamingModule = `#!/bin/sh
set -e
if [ -n "$MODULE_PERSISTENCE_DIR" ] && [ ! -e "$MODULE_PERSISTENCE_DIR/started" ]; then
  touch "$MODULE_PERSISTENCE_DIR/started"
  sleep 600
fi
name=$(sed -n 's/.*"name": "\\(.*\\)".*/\\1/p' "$MERCURE_IN_DIR/task.json" | head -n 1)
for file in "$MERCURE_IN_DIR"/*.dcm; do
  copy="$MERCURE_OUT_DIR/\${file##*/}"
  cp "$file" "$copy"
  place=$(strings -t d "$copy" | awk '/Doe\\^Jane/ { print $1; exit }')
  printf '%s' "$name" | dd of="$copy" bs=1 seek="$place" conv=notrunc 2> /dev/null
done
echo '{"renamed": true}' > "$MERCURE_OUT_DIR/result.json"
`;

/** One that changes nothing, and tells people that it found something in what its settings say. */
export const tellingModule = `#!/bin/sh
set -e
cp "$MERCURE_IN_DIR"/*.dcm "$MERCURE_OUT_DIR"
place=$(sed -n 's/.*"place": "\\(.*\\)".*/\\1/p' "$MERCURE_IN_DIR/task.json" | head -n 1)
echo "{\\"__mercure_notification\\": {\\"requested\\": true, \\"text\\": \\"a nodule in $place, 12 mm\\"}}" > "$MERCURE_OUT_DIR/result.json"
`;
