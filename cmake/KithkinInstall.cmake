# cmake --install: the library, its headers, the tool, and the package for find_package(kithkin).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/kithkin")

install(TARGETS kithkin_library EXPORT kithkinTargets
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY include/kithkin DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT kithkinTargets NAMESPACE kithkin:: DESTINATION "${package_dir}")

configure_package_config_file(cmake/kithkinConfig.cmake.in
  "${PROJECT_BINARY_DIR}/kithkinConfig.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/kithkinConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/kithkinConfig.cmake"
        "${PROJECT_BINARY_DIR}/kithkinConfigVersion.cmake"
        cmake/FindCLD2.cmake
        cmake/FindStemmer.cmake
  DESTINATION "${package_dir}")

if(KITHKIN_BUILD_TOOL)
  set_target_properties(kithkin_tool PROPERTIES
    INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  install(TARGETS kithkin_tool)
endif()
