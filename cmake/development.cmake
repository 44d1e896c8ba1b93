# What our own tests, examples and benchmarks are built with, and no user ever sees.

add_library(leibniz_dev INTERFACE)
target_link_libraries(leibniz_dev INTERFACE leibniz::leibniz)
target_compile_options(leibniz_dev INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
  endif()
  find_program(LEIBNIZ_CCACHE ccache)
  mark_as_advanced(LEIBNIZ_CCACHE)
  if(LEIBNIZ_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${LEIBNIZ_CCACHE})
  endif()
endif()

# What a script needs to call the compiler as the build does: the compiler, the preset's own flags, the headers.
separate_arguments(leibniz_flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS}")
set(leibniz_compiler ${CMAKE_CXX_COMPILER} ${leibniz_flags} -std=c++20 -I${PROJECT_SOURCE_DIR}/include)

# leibniz_test_name(KIND PATH NAME TARGET): tests/static/core/rational.cpp is the test `static/core/rational`,
# built by the target `static.core.rational`.
function(leibniz_test_name kind path name target)
  cmake_path(REMOVE_EXTENSION path)
  set(${name} ${kind}/${path} PARENT_SCOPE)
  string(REPLACE "/" "." dotted ${kind}/${path})
  set(${target} ${dotted} PARENT_SCOPE)
endfunction()
