// The yardstick: a header that everybody who would use this library has waited for.
#include <Eigen/Core>
