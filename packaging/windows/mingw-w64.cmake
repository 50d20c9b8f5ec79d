# Cross-compiles for 64-bit Windows with Debian's mingw-w64 (POSIX threads, which std::thread needs).
# EARSHOT_PREFIXES: the folders of the static libraries, from packaging/dependencies/build.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(_triple x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${_triple}-gcc-posix)
set(CMAKE_CXX_COMPILER ${_triple}-g++-posix)
set(CMAKE_RC_COMPILER ${_triple}-windres)
set(CMAKE_AR ${_triple}-gcc-ar-posix CACHE FILEPATH "")
set(CMAKE_RANLIB ${_triple}-gcc-ranlib-posix CACHE FILEPATH "")

set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES EARSHOT_PREFIXES)
set(CMAKE_FIND_ROOT_PATH ${EARSHOT_PREFIXES} /usr/${_triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# Tests run where they were built.
set(CMAKE_CROSSCOMPILING_EMULATOR /usr/lib/wine/wine64)
