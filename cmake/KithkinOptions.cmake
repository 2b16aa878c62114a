# What can be chosen, and kithkin_build: the interface target that every target of this project
# links, so that flags never leak into the projects around it.
include_guard()

option(KITHKIN_BUILD_TOOL "Build the command line tool" ${PROJECT_IS_TOP_LEVEL})
option(KITHKIN_BUILD_TESTS "Build the tests and the examples" ${PROJECT_IS_TOP_LEVEL})
option(KITHKIN_BUILD_BENCHMARKS "Build the benchmarks" OFF)
option(KITHKIN_BUILD_FUZZERS "Build the fuzzers (clang only)" OFF)
option(KITHKIN_WERROR "Treat warnings as errors" OFF)
set(KITHKIN_UNITE "" CACHE STRING
  "What to compile several files of at once, for builds from nothing: tests (and the tool) or all")
set(KITHKIN_SANITIZE "" CACHE STRING "What to give to -fsanitize=, for example address,undefined")

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
  endif()
  find_program(KITHKIN_CCACHE ccache)
  mark_as_advanced(KITHKIN_CCACHE)
  if(KITHKIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${KITHKIN_CCACHE}")
  endif()
endif()

# For continuous integration, which builds from nothing; where one file changed, more would have to be
# compiled again. Highway compiles a file several times, so those stay apart (SKIP_UNITY_...).
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
if(KITHKIN_UNITE STREQUAL "all")
  set(CMAKE_UNITY_BUILD ON)
endif()

if(BUILD_SHARED_LIBS)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

add_library(kithkin_build INTERFACE)
target_compile_features(kithkin_build INTERFACE cxx_std_20)
target_compile_options(kithkin_build INTERFACE
  -Wall -Wextra -Wshadow -Wpedantic
  -Wno-missing-field-initializers  # {.id = "a"} leaves the rest at its defaults, and means to
  # GCC 12 warns of what the standard library's strings do not do (bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # Only headers may not have types of unnamed namespaces in others; united, all files look like them.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<STREQUAL:${KITHKIN_UNITE},>>>:-Wno-subobject-linkage>
  $<$<BOOL:${KITHKIN_WERROR}>:-Werror>)

# Apart, because a program that only makes a source file need not be checked at half its speed.
add_library(kithkin_sanitize INTERFACE)
if(KITHKIN_SANITIZE)
  target_compile_options(kithkin_sanitize INTERFACE
    -fsanitize=${KITHKIN_SANITIZE} -fno-omit-frame-pointer)
  if(KITHKIN_SANITIZE MATCHES "undefined")
    target_compile_options(kithkin_sanitize INTERFACE -fno-sanitize-recover=undefined)
  endif()
  target_link_options(kithkin_sanitize INTERFACE -fsanitize=${KITHKIN_SANITIZE})
endif()

# For tests and the tool, which stand around what is to be checked: asking of every pointer whether it
# is null or misaligned takes a third of the time that compiling with sanitizers takes.
add_library(kithkin_sanitize_less INTERFACE)
if(KITHKIN_SANITIZE MATCHES "undefined")
  target_compile_options(kithkin_sanitize_less INTERFACE -fno-sanitize=null,alignment)
endif()
