# Shared by the scripts beside it: where tools live, and how they are found.
# Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=tools/versions.env
. "$root/tools/versions.env"

# The platform's cache directory. Several clones share it.
if [ -n "${XDG_CACHE_HOME:-}" ]; then
  cache="$XDG_CACHE_HOME/pressroom"
elif [ "$(uname -s)" = Darwin ]; then
  cache="$HOME/Library/Caches/pressroom"
else
  cache="$HOME/.cache/pressroom"
fi

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
stop() { printf 'pressroom: %s\n' "$*" >&2; exit 1; }

# The folder of an npm package set, named by its lock file, so that another
# lock file gets another folder and nothing is overwritten under a running clone.
npm_home() {
  printf '%s/npm-%s' "$cache" "$(cksum < "$root/$1/package-lock.json" | tr -s ' ' '-')"
}

use_tools() {
  export PATH="$cache/cargo-leptos-$CARGO_LEPTOS/bin:$cache/wasm-bindgen-$WASM_BINDGEN/bin:$(npm_home tools)/node_modules/.bin:$PATH"
}

# Installs Debian packages where that is possible; says what to do where it is not.
debian() {
  if [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
    say "installing $* (apt)"
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2 ||
      { apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2; } ||
      stop "apt could not install: $*"
  else
    stop "please install $* with your system's package manager, then run this again"
  fi
}

# Runs one npm package set into the cache: `npm_set tools`.
npm_set() {
  local home
  home=$(npm_home "$1")
  [ -f "$home/.done" ] && return
  command -v npm >/dev/null || stop "Node.js 20 or newer is needed (https://nodejs.org)"
  say "fetching the npm packages of $1/"
  rm -rf "$home"
  mkdir -p "$home"
  cp "$root/$1/package.json" "$root/$1/package-lock.json" "$home/"
  (cd "$home" && npm ci --ignore-scripts --no-audit --no-fund >&2)
  touch "$home/.done"
}

# One Rust tool at its version into its own folder: name, version, binary.
cargo_tool() {
  local home="$cache/$3-$2"
  [ -x "$home/bin/$3" ] && return
  mkdir -p "$cache"
  if command -v cargo-binstall >/dev/null; then
    say "fetching $3 $2 (cargo binstall)"
    cargo binstall --no-confirm --version "$2" --root "$home" "$1" >&2 && [ -x "$home/bin/$3" ] && return
  fi
  say "building $3 $2 (once for all clones; minutes)"
  # Speed of building over speed of the tool: the whole saves a quarter of an hour.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_PANIC=abort \
    CARGO_TARGET_DIR="$cache/build" RUSTFLAGS='' \
    cargo install --locked --root "$home" --version "$2" "$1" >&2
}
