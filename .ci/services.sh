# Starts a PostgreSQL and a Redis of this run's own on free ports, and ends them with it. To be sourced.
# Exports TEST_DATABASE_URL and TEST_REDIS_URL.

need() { # need COMMAND PACKAGE: installs Debian's package where the command is missing
  command -v "$1" >/dev/null 2>&1 && return
  [ -n "${apt_updated:-}" ] || { apt-get update -qq -o DPkg::Lock::Timeout=120 && apt_updated=1; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=120 --no-install-recommends "$2" >/dev/null
}

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

start_services() {
  services=$(mktemp -d)
  chmod 755 "$services"
  trap stop_services EXIT

  need redis-server redis-server
  redis_port=$(free_port)
  redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --dir "$services" >"$services/redis.log" 2>&1 &
  redis_pid=$!
  export TEST_REDIS_URL="redis://127.0.0.1:$redis_port"

  PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
  need initdb postgresql
  PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
  pg_port=$(free_port)
  # PostgreSQL refuses to run as root.
  as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
  mkdir "$services/pg" && { [ "$(id -u)" != 0 ] || chown postgres "$services/pg"; }
  as_postgres "$(command -v initdb)" -D "$services/pg" -U coord -A trust >/dev/null
  as_postgres "$(command -v pg_ctl)" -D "$services/pg" -w -l "$services/pg/log" \
    -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" start >/dev/null
  export TEST_DATABASE_URL="postgresql://coord@127.0.0.1:$pg_port/postgres"
}

stop_services() {
  kill "$redis_pid" 2>/dev/null || true
  as_postgres "$(command -v pg_ctl)" -D "$services/pg" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$services"
}
