# leibniz_boost_test: what a runtime test links. Debian's library is built on libstdc++; for libc++ the same sources
# are compiled once here, which costs what one `included/unit_test.hpp` does, and not one for every test.

include(CheckCXXSourceCompiles)
check_cxx_source_compiles("#include <version>
#ifndef _LIBCPP_VERSION
#error
#endif
int main() {}" LEIBNIZ_LIBCXX)

if(LEIBNIZ_LIBCXX)
  add_library(leibniz_boost_test STATIC support/boost_test.cpp)
  target_compile_definitions(leibniz_boost_test PUBLIC _LIBCPP_ENABLE_CXX17_REMOVED_UNARY_BINARY_FUNCTION)
  target_link_libraries(leibniz_boost_test PUBLIC Boost::headers)
else()
  find_package(Boost 1.74 REQUIRED COMPONENTS unit_test_framework)
  add_library(leibniz_boost_test INTERFACE)
  target_compile_definitions(leibniz_boost_test INTERFACE BOOST_TEST_DYN_LINK)
  target_link_libraries(leibniz_boost_test INTERFACE Boost::unit_test_framework)
endif()
