#!/bin/sh
# A `docker` for tests: notes each call, and does to the files of a folder what the commands of backup and restore
# do to containers. Every call that contains FAKE_DOCKER_FAIL complains and fails, after a part of its output.
printf '%s\037' "$@" >> "$FAKE_DOCKER_FOLDER/calls"
printf '\036' >> "$FAKE_DOCKER_FOLDER/calls"
cd "$FAKE_DOCKER_FOLDER" || exit 1
call=$*
for last; do :; done

refuse() {
  echo "$1" >&2
  exit 1
}

fail_if_told() {
  [ -n "$FAKE_DOCKER_FAIL" ] || return 0
  case $call in *"$FAKE_DOCKER_FAIL"*) refuse "as told: no space left on device" ;; esac
}

print() {
  (fail_if_told 2> /dev/null) || head -c 1000 "$1"
  fail_if_told
  cat "$1"
}

# The name of a backup at the end of a path, or of a path within a statement.
named() {
  file=${last##*/}
  echo "${file%%\'*}"
}

stop() {
  for service; do
    case $service in postgres | clickhouse | langfuse-redis) refuse "$service must go on" ;; esac
    grep -vx "$service" running > running.now
    mv running.now running
  done
}

case $call in
  *" pg_dump "*) print postgres ;;
  *" cat /"*) print "$(named)" ;;
  *" -cf - "*) print bucket ;;
  *) fail_if_told ;;
esac
case $call in
  *" pg_dump "* | *" cat /"* | *" -cf - "*) ;;
  *" ps "*) cat running ;;
  *" stop "*)
    shift 6
    stop "$@"
    ;;
  *" start "*)
    shift 6
    printf '%s\n' "$@" >> running
    ;;
  *" pg_restore "*) cat > postgres ;;
  *"BACKUP DATABASE"*) cp clickhouse "$(named)" ;;
  *"DROP DATABASE"*) rm -f clickhouse ;;
  *"RESTORE DATABASE"*)
    [ ! -e clickhouse ] || refuse "DATABASE_ALREADY_EXISTS"
    cp "$(named)" clickhouse
    ;;
  *" cat > "*) cat > "$(named)" ;;
  *" rm -f "*"/backups/"*) rm -f "$(named)" ;;
  *" -xf -"*)
    ! grep -qx minio running || refuse "minio would write"
    cat > bucket
    ;;
  *" FLUSHALL") : > queue ;;
  *) refuse "no such command: $call" ;;
esac
