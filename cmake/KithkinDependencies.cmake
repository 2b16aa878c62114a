# What the library stands on. kithkinConfig.cmake.in names the same for users of the static library.
include_guard()

find_package(Threads REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc data)
find_package(simdjson REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libxxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(libzstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
