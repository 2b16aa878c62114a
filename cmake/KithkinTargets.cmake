# kithkin_add_room(<room> SOURCES <file>... [USES <room>...] [LINKS <target>...])
#
# One folder under src as the target kithkin_<room>. USES names rooms of lower levels, which have
# to be there already: src/CMakeLists.txt adds them from the bottom up. LINKS names third parties;
# they stay private.
function(kithkin_add_room room)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LINKS")
  set(target kithkin_${room})
  add_library(${target} STATIC ${arg_SOURCES})
  kithkin_set_up(${target})
  target_include_directories(${target} PUBLIC
    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  foreach(used IN LISTS arg_USES)
    if(NOT TARGET kithkin_${used})
      message(FATAL_ERROR "${room} uses ${used}, which is not below it")
    endif()
    target_link_libraries(${target} PUBLIC kithkin_${used})
  endforeach()
  target_link_libraries(${target} PRIVATE ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY KITHKIN_OBJECTS $<TARGET_OBJECTS:${target}>)
  set_property(GLOBAL APPEND PROPERTY KITHKIN_LINKS ${arg_LINKS})
endfunction()

# Gives a target of this project its warnings, its language and its sanitizers.
function(kithkin_set_up target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(${target} PRIVATE kithkin_build kithkin_sanitize)
endfunction()
