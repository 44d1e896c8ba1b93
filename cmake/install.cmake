# `cmake --install` and, from there, `find_package(leibniz)`.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(leibniz_package ${CMAKE_INSTALL_DATADIR}/cmake/leibniz)

install(TARGETS leibniz EXPORT leibnizTargets FILE_SET HEADERS)
install(EXPORT leibnizTargets NAMESPACE leibniz:: DESTINATION ${leibniz_package})

configure_package_config_file(cmake/leibnizConfig.cmake.in leibnizConfig.cmake
                              INSTALL_DESTINATION ${leibniz_package})
# Before 1.0 a minor version may change names.
write_basic_package_version_file(leibnizConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)

install(FILES ${CMAKE_CURRENT_BINARY_DIR}/leibnizConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/leibnizConfigVersion.cmake DESTINATION ${leibniz_package})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/leibniz)
