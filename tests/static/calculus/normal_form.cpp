// What `==` knows, and what it must not claim.
#include <leibniz/calculus/normal_form.hpp>
#include <leibniz/calculus/reverse.hpp>

#include <utility>

using leibniz::handle;
using leibniz::make_shape;
using leibniz::rational;
using leibniz::ops::labels;

namespace {

using pair = std::pair<handle, handle>;

constexpr labels at(std::initializer_list<int> list) {
  labels l;
  for (const int i : list) l.append(i);
  return l;
}

/// A graph and the variables of this page.
struct page {
  leibniz::graph::builder g;
  constexpr handle variable(const char* name, const leibniz::shape& s = {}) { return {&g, g.variable(name, nullptr, s)}; }
  handle x = variable("x"), y = variable("y"), z = variable("z"), t = variable("t");
  handle u = variable("u", make_shape(4)), v = variable("v", make_shape(4)), p = variable("p", make_shape(3));
  handle W = variable("W", make_shape(3, 4)), V = variable("V", make_shape(4, 3)), S = variable("S", make_shape(3, 3)),
         R = variable("R", make_shape(3, 3));
  constexpr handle c(std::int64_t n, std::int64_t d = 1) const { return x.number(rational{n, d}); }
  constexpr handle raw_sqrt(handle h) {  // without the simplifier's help
    return {&g, g.intern(leibniz::ops::index_of<leibniz::ops::sqrt_>, h.id(), -1, -1, 0, h.extents())};
  }
};

constexpr handle times(handle M, handle v) {
  return v.extents().rank == 1 ? contract(M, at({1, 2}), v, at({2}), at({1})) : contract(M, at({1, 2}), v, at({2, 3}), at({1, 3}));
}
constexpr handle transpose(handle M) {
  return rearrange(M, at({1, 2}), at({2, 1}), make_shape(M.extents().extent[1], M.extents().extent[0]));
}
constexpr handle dot(handle a, handle b) { return contract(a, at({1}), b, at({1}), at({})); }
constexpr handle outer(handle a, handle b) { return contract(a, at({1}), b, at({2}), at({1, 2})); }
constexpr handle sum(handle a) { return rearrange(a, leibniz::ops::label_range(1, a.extents().rank), at({}), {}); }
constexpr handle row_sum(handle M, int axis) {
  return rearrange(M, at({1, 2}), at({axis == 0 ? 2 : 1}), make_shape(M.extents().extent[1 - axis]));
}
constexpr handle element(handle a, int offset) { return slice(a, 0, offset, {}); }

template <class F>
constexpr bool same(F f) {
  page q;
  const auto [left, right] = f(q);
  return same_formula(q.g, left.id(), right.id());
}
#define SAME(left, right) static_assert(same([](page& q) { (void)q; auto& [g, x, y, z, t, u, v, p, W, V, S, R] = q; (void)x, (void)y, (void)z, (void)t, (void)u, (void)v, (void)p, (void)W, (void)V, (void)S, (void)R; (void)g; return pair{left, right}; }))
#define DIFFERENT(left, right) static_assert(!same([](page& q) { (void)q; auto& [g, x, y, z, t, u, v, p, W, V, S, R] = q; (void)x, (void)y, (void)z, (void)t, (void)u, (void)v, (void)p, (void)W, (void)V, (void)S, (void)R; (void)g; return pair{left, right}; }))

// Sums and products.
SAME(x + y, y + x);
SAME((x + y) * (x + y), x * x + 2 * x * y + y * y);
SAME((x + y) * (x - y), square(x) - square(y));
SAME(cube(x + 1), cube(x) + 3 * square(x) + 3 * x + 1);
SAME(x - (y - z), x - y + z);
SAME(x * (y + z) - x * y, x * z);
SAME((x + y) - (x + y), q.c(0));
DIFFERENT(x + y, x - y);
DIFFERENT(x * y, x + y);
DIFFERENT(x, y);
DIFFERENT(x, 2 * x);
DIFFERENT((x + y) * (x + y), x * x + y * y);
DIFFERENT(x, q.c(0));

// Quotients.
SAME(x / y / z, x / (y * z));
SAME(x / y + z / y, (x + z) / y);
SAME(x * y / x, y);
SAME((x + y) / (x + y), q.c(1));
SAME((2 * x + 2 * y) / (x + y), q.c(2));
SAME(1 / (2 * x + 2), q.c(1, 2) / (x + 1));
SAME((x * x - y * y) / (x + y), x - y);
SAME(1 / (1 + x) + 1 / (1 - x), 2 / (1 - x * x));
SAME(x / (1 + x), 1 - 1 / (1 + x));
SAME(1 / (x - y), -(1 / (y - x)));
DIFFERENT(1 / (x - y), 1 / (y - x));
DIFFERENT(x / y, y / x);
DIFFERENT(1 / (x + y), 1 / x + 1 / y);

// Powers and roots.
SAME(pow(x, q.c(3)), x * x * x);
SAME(sqrt(x) * sqrt(x), x);
SAME(sqrt(4 * x), 2 * sqrt(x));
SAME(1 / sqrt(x), sqrt(x) / x);
SAME(sqrt(1 + x) * sqrt(1 + x), 1 + x);
SAME((1 + x) / sqrt(1 + x), sqrt(1 + x));
SAME(sqrt(q.c(8)), 2 * sqrt(q.c(2)));
SAME(sqrt(q.c(1, 2)), 1 / sqrt(q.c(2)));
SAME(sqrt(q.c(2)) * sqrt(q.c(3)), sqrt(q.c(6)));
SAME(q.raw_sqrt(x * x), abs(x));
SAME(pow(pow(x, q.c(3)), q.c(1, 3)), x);
SAME(cube(cbrt(x)), x);
SAME(cbrt(-x), -cbrt(x));
SAME(hypot(x, y), sqrt(x * x + y * y));
DIFFERENT(q.raw_sqrt(x * x), x);
DIFFERENT(q.raw_sqrt(x * x), -x);
DIFFERENT(sqrt(x) * sqrt(y), sqrt(x * y));
DIFFERENT(q.raw_sqrt(square(x) * y), x * sqrt(y));
DIFFERENT(q.raw_sqrt(square(x) * y), abs(x) * sqrt(y));  // at x = 0, y < 0 only one is defined; not claimed
DIFFERENT(sqrt(x * x * x * x + 1), x * x + 1);
DIFFERENT(sqrt(x - y), sqrt(y - x));
DIFFERENT(sqrt(x), cbrt(x));
DIFFERENT(pow(x, y), pow(y, x));

// Exponentials and logarithms.
SAME(exp(x + y), exp(x) * exp(y));
SAME(exp(-x) * exp(x), q.c(1));
SAME(exp(2 * x), square(exp(x)));
SAME(sqrt(exp(x)), exp(x / 2));
SAME(exp(2 * log(x)), square(x));
SAME(exp(q.x.number(1)), q.x.symbol(leibniz::ops::symbol_::e));
SAME(expm1(x) + 1, exp(x));
SAME(exp2(x) * exp2(x), exp2(2 * x));
SAME(pow(q.c(2), x), exp2(x));
SAME(log(exp(x) * exp(y)), x + y);
SAME(log(3 * x), log(x) + log(q.c(3)));
SAME(log(cube(x)), 3 * log(x));
SAME(log(square(x)), 2 * log(abs(x)));
SAME(log2(x) * log(q.c(2)), log(x));
SAME(log1p(x), log(1 + x));
DIFFERENT(log(x * y), log(x) + log(y));
DIFFERENT(log(square(x)), 2 * log(x));
DIFFERENT(exp(x * y), exp(x) * exp(y));
DIFFERENT(exp(x), exp(-x));
DIFFERENT(log(x), log2(x));
DIFFERENT(exp(x), exp2(x));

// Odd, even, and mirrored functions.
SAME(sin(x - y), -sin(y - x));
SAME(cos(x - y), cos(y - x));
SAME(square(sin(x)) + square(cos(x)), q.c(1));
SAME(1 + square(tan(x)), 1 / square(cos(x)));
SAME(1 - square(tanh(x)), 1 / square(cosh(x)));
SAME(abs(x - y), abs(y - x));
SAME(abs(x) * abs(x), x * x);
SAME(abs(x) / x, x / abs(x));
SAME(erfc(x), 1 - erf(x));
SAME(max(x, y), max(y, x));
SAME(min(x, y) + max(x, y), x + y);
SAME(max(x, q.c(0)), relu(x));
SAME(relu(x - y) - relu(y - x), x - y);
SAME(x < y, y > x);
SAME(x <= y, 1 - (y < x));
SAME(select(x < y, 2 * z, 2 * t), 2 * select(0 < y - x, z, t));
DIFFERENT(x < y, y < x);
DIFFERENT(x < y, x <= y);
DIFFERENT(abs(x), x);
DIFFERENT(abs(x + y), abs(x) + abs(y));
DIFFERENT(sin(x + y), sin(x) + sin(y));
DIFFERENT(sin(x), sin(-x));
DIFFERENT(max(x, y), min(x, y));
DIFFERENT(relu(x), abs(x));
DIFFERENT(sign(x), sign(-x));
DIFFERENT(select(x < y, z, t), select(x < y, t, z));

// The logistic function.
SAME(sigmoid(-x), 1 - sigmoid(x));
SAME(softplus(x) - softplus(-x), x);
SAME(sigmoid(y - x) + sigmoid(x - y), q.c(1));
SAME(-(t * sigmoid(-x)) + (1 - t) * sigmoid(x), sigmoid(x) - t);
SAME(sigmoid(x) * (1 - sigmoid(x)), sigmoid(x) * sigmoid(-x));
SAME(log(sigmoid(x)), log(1 - sigmoid(-x)));
SAME(log(1 - sigmoid(x)) + softplus(x), q.c(0));
SAME(log(2 - 2 * sigmoid(x)), log(q.c(2)) - softplus(x));
SAME(log(1 + exp(x) * exp(y)), softplus(x + y));
SAME(log(sigmoid(u)), u - softplus(u));
DIFFERENT(log(1 + sigmoid(x)), -softplus(x));
DIFFERENT(sigmoid(x), sigmoid(-x));
DIFFERENT(sigmoid(x) - t, sigmoid(x) + t);

// Tensors: products, sums, transposes.
SAME(u * v, v * u);
SAME(x * (u + v), u * x + v * x);
SAME(dot(u, v), sum(u * v));
SAME(dot(u, v) * dot(u, v), square(sum(v * u)));
SAME(dot(u, v) * dot(u, u), dot(u * dot(u, u), v));
SAME(times(W, times(V, p)), times(times(W, V), p));
SAME(times(W, u + v), times(W, u) + times(W, v));
SAME(transpose(times(W, V)), times(transpose(V), transpose(W)));
SAME(times(transpose(W), p), contract(p, at({1}), W, at({1, 2}), at({2})));
SAME(outer(2 * (p * (p - x)), u), 2 * outer(p * p, u) - 2 * x * outer(p, u));
SAME(times(outer(p, u), v), p * dot(u, v));
SAME(sum(times(W, u)), dot(row_sum(W, 0), u));
SAME(sum(row_sum(W, 1)), sum(W));
SAME(sum(u + x), sum(u) + 4 * x);
SAME(sum(transpose(W)), sum(W));
SAME(sigmoid(transpose(W)), transpose(sigmoid(W)));
SAME(contract(leibniz::identity_tensor(x, make_shape(4)), at({1, 2}), u, at({2}), at({1})), u);
SAME(exp(u + v), exp(u) * exp(v));
SAME(softmax(u + v, 0) - v, -v + softmax(v + u, 0));
SAME(sum(times(S, times(R, S)) * R), sum(times(S, times(transpose(R), S)) * transpose(R)) + sum(times(S, times(R, S)) * R) - sum(times(S, times(transpose(R), S)) * transpose(R)));
DIFFERENT(times(S, R), times(R, S));
DIFFERENT(times(W, u), times(W, v));
DIFFERENT(S, transpose(S));
DIFFERENT(S * S, times(S, S));
DIFFERENT(sigmoid(S), sigmoid(transpose(S)));
DIFFERENT(row_sum(S, 0), row_sum(S, 1));
DIFFERENT(outer(u, v), outer(v, u));
DIFFERENT(W, V);
DIFFERENT(u, p);
DIFFERENT(sum(u) * sum(v), sum(u * v));
DIFFERENT(dot(u, u) * dot(v, v), square(dot(u, v)));
DIFFERENT(sum(u), u);
DIFFERENT(sum(exp(u)), exp(sum(u)));
DIFFERENT(softmax(S, 0), softmax(S, 1));
DIFFERENT(logsumexp(x.filled(make_shape(3))), logsumexp(x.filled(make_shape(4))));
DIFFERENT(1 / sum(u), sum(1 / u));

// Elements.
SAME(element(times(W, u), 1), element(W, 4) * element(u, 0) + element(W, 5) * element(u, 1) + element(W, 6) * element(u, 2) + element(W, 7) * element(u, 3));
SAME(element(sigmoid(times(W, u) + p), 1), sigmoid(element(times(W, u), 1) + element(p, 1)));
SAME(element(outer(p * p, u), 6), square(element(p, 1)) * element(u, 2));
SAME(element(transpose(W), 3), element(W, 1));
SAME(sum(p), element(p, 0) + element(p, 1) + element(p, 2));
DIFFERENT(element(u, 0), element(u, 1));
DIFFERENT(element(S, 1), element(S, 3));
DIFFERENT(element(times(W, u), 0), element(times(W, u), 1));
DIFFERENT(element(softmax(u, 0), 0), element(softmax(u, 0), 1));

// The neuron and the layer of the tour.
SAME(sigmoid(x * y + z) * (1 - sigmoid(x * y + z)) * y * 2 * (sigmoid(x * y + z) - t),
     y * (sigmoid(x * y + z) - square(sigmoid(x * y + z))) * (2 * sigmoid(x * y + z) - 2 * t));
SAME(exp(x * y) + x * y * exp(x * y), exp(x * y) * (1 + x * y));
constexpr handle layer(page& q) { return sigmoid(times(q.W, q.u) + q.p); }
constexpr handle delta(page& q) { return 2 * ((layer(q) - q.t) * (layer(q) * (1 - layer(q)))); }
SAME(outer(delta(q), u), contract(2 * (layer(q) - t) * (1 - layer(q)), at({1}), outer(layer(q), u), at({1, 2}), at({1, 2})));
SAME(element(outer(delta(q), u), 6), 2 * (element(layer(q), 1) - t) * element(layer(q), 1) * (1 - element(layer(q), 1)) * element(u, 2));
SAME(times(transpose(W), delta(q)), contract(delta(q), at({1}), W, at({1, 2}), at({2})));
DIFFERENT(outer(delta(q), u), outer(layer(q), u));

}  // namespace

int main() {}
