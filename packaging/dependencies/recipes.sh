# shellcheck shell=bash
# shellcheck disable=SC2154  # the variables come from packaging/dependencies/build
# How each library is built: statically, with what Earshot uses of it. Sourced by
# packaging/dependencies/build, which sets $source, $work, $prefix, $target, $triple, $toolchain and
# $jobs.

configure_cmake() {
  local flags="-O2 -DNDEBUG -ffile-prefix-map=$source=. -ffile-prefix-map=$work=."
  local found
  found=$(IFS=';' && printf '%s' "${prefixes[*]}")
  cmake -G Ninja -S "${cmake_source:-$source}" -B "$work" ${toolchain:+"-DCMAKE_TOOLCHAIN_FILE=$toolchain"} \
    -DCMAKE_BUILD_TYPE=Release "-DCMAKE_C_FLAGS_RELEASE=$flags" "-DCMAKE_CXX_FLAGS_RELEASE=$flags" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON "-DCMAKE_PREFIX_PATH=$found" "-DEARSHOT_PREFIXES=$found" "$@"
}
install_cmake() { cmake --build "$work" -j "$jobs" && cmake --install "$work"; }

# Where autoconf's programs are pointed at the target's compiler.
configure_autotools() {
  local cross=()
  [ -z "$triple" ] || cross=(--host="$triple" "CC=$triple-gcc-posix")
  cp -a "$source/." "$work/" && cd "$work"
  [ -z "${autoconf_first:-}" ] || autoreconf -fi
  ./configure "${cross[@]}" --prefix="$prefix" --libdir="$prefix/lib" --disable-shared --enable-static --with-pic \
    --disable-dependency-tracking "CFLAGS=-O2 -ffile-prefix-map=$work=." "$@"
}

build_zlib() {
  configure_cmake
  cmake --build "$work" -j "$jobs" --target zlibstatic
  install -D -m 644 "$work/libzlibstatic.a" "$prefix/lib/libz.a"
  install -D -m 644 "$source/zlib.h" "$prefix/include/zlib.h"
  install -D -m 644 "$work/zconf.h" "$prefix/include/zconf.h"
}

build_libpng1_6() {
  configure_cmake -DPNG_SHARED=OFF -DPNG_TESTS=OFF -DPNG_EXECUTABLES=OFF
  install_cmake
}

build_protobuf() {
  configure_cmake -Dprotobuf_BUILD_TESTS=OFF -Dprotobuf_BUILD_PROTOC_BINARIES=OFF -Dprotobuf_BUILD_LIBPROTOC=OFF \
    -Dprotobuf_WITH_ZLIB=OFF -DCMAKE_CXX_STANDARD=17
  install_cmake
}

build_sqlite3() {
  cd "$work"
  "$source/configure" --disable-tcl --disable-readline
  make -s sqlite3.c sqlite3.h
  "${triple:+$triple-}gcc${triple:+-posix}" -O2 -DNDEBUG -DSQLITE_THREADSAFE=1 -DSQLITE_OMIT_LOAD_EXTENSION \
    -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_COLUMN_METADATA "-ffile-prefix-map=$work=." -c sqlite3.c -o sqlite3-target.o
  mkdir -p "$prefix/lib" "$prefix/include"
  "${triple:+$triple-}gcc-ar${triple:+-posix}" rcs "$prefix/lib/libsqlite3.a" sqlite3-target.o
  cp sqlite3.h sqlite3ext.h "$prefix/include/" 2>/dev/null || cp sqlite3.h "$prefix/include/"
}

build_sqlitecpp() {
  configure_cmake -DSQLITECPP_INTERNAL_SQLITE=OFF -DSQLITECPP_RUN_CPPLINT=OFF -DSQLITECPP_RUN_CPPCHECK=OFF \
    -DSQLITECPP_BUILD_TESTS=OFF -DSQLITECPP_BUILD_EXAMPLES=OFF -DSQLITE_ENABLE_COLUMN_METADATA=ON \
    -DCMAKE_CXX_FLAGS=-DSQLITE_OMIT_LOAD_EXTENSION
  install_cmake
}

build_libsodium() {
  autoconf_first=yes configure_autotools
  make -s -j "$jobs" && make -s install
}

build_utf8proc() {
  configure_cmake -DUTF8PROC_ENABLE_TESTING=OFF
  install_cmake
}

build_cli11() {
  configure_cmake -DCLI11_BUILD_TESTS=OFF -DCLI11_BUILD_EXAMPLES=OFF -DCLI11_BUILD_DOCS=OFF
  install_cmake
}

build_fmtlib() {
  configure_cmake -DFMT_TEST=OFF -DFMT_DOC=OFF
  install_cmake
}

build_spdlog() {
  local wide=OFF  # file names, as std::filesystem has them on Windows
  [ "$target" != windows ] || wide=ON
  configure_cmake -DSPDLOG_FMT_EXTERNAL=ON -DSPDLOG_BUILD_EXAMPLE=OFF -DSPDLOG_BUILD_TESTS=OFF \
    -DSPDLOG_WCHAR_FILENAMES=$wide
  install_cmake
}

build_nlohmann_json3() {
  configure_cmake -DJSON_BuildTests=OFF
  install_cmake
}

build_googletest() {
  configure_cmake
  install_cmake
}

# Plain HTTP for files on the local network: without TLS, uploads and passwords.
build_libmicrohttpd() {
  configure_autotools --disable-https --disable-doc --disable-examples --disable-curl --disable-postprocessor \
    --disable-bauth --disable-dauth --disable-httpupgrade
  make -s -C src -j "$jobs" && make -s install
}

# TLS 1.3 with what it needs: X25519, Ed25519, NIST's curves, AES, ChaCha20, SHA. Processors' own instructions stay.
# It reads no configuration file and loads no module, wherever it runs, and names no file of this machine.
build_openssl() {
  local system=linux-x86_64 compiler=(CC=gcc AR=gcc-ar RANLIB=gcc-ranlib)
  if [ "$target" = windows ]; then
    system=mingw64
    compiler=("--cross-compile-prefix=$triple-" CC=gcc-posix AR=gcc-ar-posix RANLIB=gcc-ranlib-posix)
  fi
  local none=(shared tests dso module engine legacy async zlib comp autoload-config filenames ui-console
    ssl3 tls1 tls1_1 tls1_2 dtls srp srtp nextprotoneg multiblock
    cms cmp ct ocsp ts rfc3779 gost dh dsa ec2m sm2 scrypt cmac ocb siv siphash
    aria bf blake2 camellia cast des idea md4 mdc2 rc2 rc4 rmd160 seed sm3 sm4 whirlpool)
  cp -a "$source/." "$work/" && cd "$work"
  # The date that it tells is that of the version; the folder is one that no Windows can have.
  SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l "$source/debian/changelog" -S Timestamp)
  export SOURCE_DATE_EPOCH
  ./Configure "$system" --release --prefix=/usr --libdir=lib --openssldir=/:/openssl \
    "${compiler[@]}" "${none[@]/#/no-}" CFLAGS=-O2
  make -s -j "$jobs" build_libs
  make -s install_dev "DESTDIR=$work/installed"
  mv installed/usr/include installed/usr/lib "$prefix/"
  # Others find it by its place; its own description knows another one.
  rm -rf "$prefix/lib/pkgconfig"
}

build_qr_code_generator() {
  local tools=${triple:+$triple-} flavour=${triple:+-posix}
  cd "$work"
  "${tools}g++$flavour" -std=c++17 -O2 -DNDEBUG -fPIC "-ffile-prefix-map=$source=." \
    -c "$source/cpp/qrcodegen.cpp" -o qrcodegen.o
  mkdir -p "$prefix/lib"
  "${tools}gcc-ar$flavour" rcs "$prefix/lib/libqrcodegencpp.a" qrcodegen.o
  install -D -m 644 "$source/cpp/qrcodegen.hpp" "$prefix/include/qrcodegen/qrcodegen.hpp"
}

# wxWidgets of Debian comes without its copies of zlib, png, jpeg, tiff and expat; it keeps pcre2
# and nanosvg. It is a quarter of the program: built for size (drawing a window is not what takes
# time), without the parts and pictures that Earshot never shows.
build_wxwidgets3_2() {
  local flags="-Os -DNDEBUG -ffunction-sections -fdata-sections -ffile-prefix-map=$source=. -ffile-prefix-map=$work=."
  local part none=(EXPAT XRC XML LIBJPEG LIBTIFF LIBLZMA STC RICHTEXT MEDIACTRL WEBVIEW PROPGRID RIBBON AUI
    HTML WXHTML_HELP OPENGL WEBREQUEST DEBUGREPORT UNICODE_UTF8 ARTPROVIDER_TANGO PRINTING_ARCHITECTURE
    GRAPHICS_DIRECT2D DOC_VIEW_ARCHITECTURE MDI_ARCHITECTURE MDI HELP FILESYSTEM GIF PCX TGA IFF PNM
    WIZARDDLG GRID)
  local without=()
  for part in "${none[@]}"; do without+=("-DwxUSE_$part=OFF"); done
  configure_cmake "-DCMAKE_C_FLAGS_RELEASE=$flags" "-DCMAKE_CXX_FLAGS_RELEASE=$flags" -DCMAKE_CXX_STANDARD=17 \
    -DwxBUILD_SHARED=OFF -DwxBUILD_SAMPLES=OFF -DwxBUILD_TESTS=OFF -DwxBUILD_DEMOS=OFF -DwxBUILD_DEBUG_LEVEL=0 \
    -DwxUSE_ZLIB=sys -DwxUSE_LIBPNG=sys -DwxUSE_REGEX=builtin -DwxUSE_NANOSVG=builtin "${without[@]}"
  install_cmake
}
