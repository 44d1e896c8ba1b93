// Every runtime test defines BOOST_TEST_MODULE and includes this first. How Boost.Test is linked is the build's
// affair: cmake/boost_test.cmake.
#pragma once

#include <boost/test/unit_test.hpp>
