"""The cases written by hand: every operation, every simplification rule, the tensor formulas.

A row of OPERATIONS and RULES is `name | formula | points`: the formula in C++, and where to try it, one tuple of
values for the variables in alphabetical order. Points may be the name of a set of points.
"""

from fractions import Fraction

F = Fraction

# Where most rows are tried: x, y, z of either sign, of one size, away from 0, 1 and from each other.
POINTS = {
    "any": {"x": (F(-21, 16), F(19, 32), F(141, 64)), "y": (F(27, 32), F(-55, 32), F(13, 32)), "z": (F(93, 64), F(-17, 32), F(-133, 64))},
    "positive": {"x": (F(21, 16), F(19, 32), F(141, 64)), "y": (F(27, 32), F(55, 32), F(13, 32)), "z": (F(93, 64), F(17, 32), F(133, 64))},
    "unit": {"x": (F(-21, 32), F(19, 64), F(13, 16)), "y": (F(27, 64), F(-5, 8), F(11, 64)), "z": (F(43, 64), F(-17, 64), F(-29, 64))},
    "above_one": {"x": (F(83, 64), F(121, 64), F(211, 64)), "y": (F(91, 64), F(157, 64), F(77, 32)), "z": (F(3, 2), F(9, 4), F(5, 2))},
}

# Every operation: value, first and second derivatives.
OPERATIONS = """
add            | x + y                                        | any
sub            | x - y                                        | any
mul            | x * y                                        | any
div            | x / y                                        | any
neg            | -x                                           | any
constant       | lz::constant<22, 7> * x                      | any
pi             | lz::pi * x                                   | any
e              | lz::pow(lz::e, x)                            | any
pow_integer    | lz::pow(x, 5_c)                              | any
pow_negative   | lz::pow(x, -3_c)                             | any
pow_zero       | lz::pow(x, 0_c)                              | any
pow_one        | lz::pow(x, 1_c)                              | any
pow_half       | lz::pow(x, 0.5_c)                            | positive
pow_third      | lz::pow(x, lz::constant<2, 3>)               | positive
pow_rational   | lz::pow(x, lz::constant<-7, 4>)              | positive
pow_base       | lz::pow(3_c, x)                              | any
pow_general    | lz::pow(x, y)                                | positive
pow_of_itself  | lz::pow(x, x)                                | positive
square         | lz::square(x)                                | any
cube           | lz::cube(x)                                  | any
sqrt           | lz::sqrt(x)                                  | positive
cbrt           | lz::cbrt(x)                                  | any
reciprocal     | lz::reciprocal(x)                            | any
hypot          | lz::hypot(x, y)                              | any
exp            | lz::exp(x)                                   | any
exp2           | lz::exp2(x)                                  | any
expm1          | lz::expm1(x)                                 | any
expm1_small    | lz::expm1(x)                                 | 1/1048576; -1/1073741824
log            | lz::log(x)                                   | positive
log2           | lz::log2(x)                                  | positive
log10          | lz::log10(x)                                 | positive
log1p          | lz::log1p(x)                                 | positive
log1p_small    | lz::log1p(x)                                 | 1/1048576; -1/1073741824
sin            | lz::sin(x)                                   | any
cos            | lz::cos(x)                                   | any
tan            | lz::tan(x)                                   | any
asin           | lz::asin(x)                                  | unit
acos           | lz::acos(x)                                  | unit
atan           | lz::atan(x)                                  | any
sinh           | lz::sinh(x)                                  | any
cosh           | lz::cosh(x)                                  | any
tanh           | lz::tanh(x)                                  | any
asinh          | lz::asinh(x)                                 | any
acosh          | lz::acosh(x)                                 | above_one
atanh          | lz::atanh(x)                                 | unit
atan2          | lz::atan2(y, x)                              | any
erf            | lz::erf(x)                                   | any
erfc           | lz::erfc(x)                                  | any
erfc_far       | lz::erfc(x)                                  | 5; 9
abs            | lz::abs(x)                                   | any
sign           | lz::sign(x)                                  | any
min            | lz::min(x, y)                                | any
max            | lz::max(x, y)                                | any
clamp_below    | lz::clamp(x, 2.5_c, 3_c)                     | any
clamp_inside   | lz::clamp(x, -2_c, 3_c)                      | any
clamp_above    | lz::clamp(x, -4_c, -2_c)                     | any
clamp_formulas | lz::clamp(x, y, lz::square(z) + 2_c)         | any
select_less    | lz::select(x < y, lz::sin(x), lz::cos(y))    | any
select_greater | lz::select(x > y, x * y, x / y)              | any
select_at_most | lz::select(x <= 1_c, lz::square(x), lz::cube(x)) | any
select_at_least | lz::select(x >= y, lz::exp(x), lz::exp(y))  | any
select_unseen  | lz::select(x > 0_c, lz::log(x), x)           | any
select_hidden  | lz::select(x < 0_c, lz::square(x), lz::sqrt(x)) | any
sigmoid        | lz::sigmoid(x)                               | any
sigmoid_far    | lz::sigmoid(x)                               | -40; -700
relu           | lz::relu(x)                                  | any
leaky_relu     | lz::leaky_relu(x)                            | any
elu            | lz::elu(x)                                   | any
softplus       | lz::softplus(x)                              | any
softplus_far   | lz::softplus(x)                              | 1000; -40; -700
gelu           | lz::gelu(x)                                  | any
silu           | lz::silu(x)                                  | any
silu_far       | lz::silu(x)                                  | -40; -600
"""

# Every simplification rule: the formula is one that the rule rewrites, alone or in company.
RULES = """
zero_plus      | 0_c + x                                      | any
plus_zero      | lz::sin(x) + 0_c                             | any
minus_zero     | x - 0_c                                      | any
zero_minus     | 0_c - lz::exp(x)                             | any
zero_times     | 0_c * x + y                                  | any
one_times      | 1_c * x * 1_c                                | any
minus_one_times | -1_c * x                                    | any
over_one       | lz::cos(x) / 1_c                             | any
zero_over      | 0_c / x + x                                  | any
one_over       | 1_c / x                                      | any
over_constant  | x / 3_c                                      | any
minus_itself   | x - x                                        | any
formula_minus_itself | lz::sin(x * y) - lz::sin(y * x)        | any
over_itself    | x / x                                        | any
formula_over_itself | lz::exp(x) / lz::exp(x)                 | any
power_zero     | lz::pow(lz::sin(x), 0_c)                     | any
power_one      | lz::pow(lz::sin(x), 1_c)                     | any
one_to_power   | lz::pow(1_c, x) * y                          | any
power_two      | lz::pow(x + y, 2_c)                          | any
fold_sum       | x + 1_c + 2_c + 0.5_c                        | any
fold_apart     | (1_c + x) + (2_c + y)                        | any
fold_difference | (x - 3_c) - (y - 5_c)                       | any
fold_product   | 2_c * x * 3_c * 0.25_c                       | any
fold_thirds    | lz::constant<1, 3> * x + lz::constant<1, 6> * x | any
fold_cancel    | lz::constant<1, 3> * (3_c * x)               | any
fold_division  | (x / 2_c) / 3_c                              | any
fold_quotients | (2_c * x) / (4_c * y)                        | any
fold_power     | lz::pow(2_c, 3_c) * x                        | any
fold_power_negative | lz::pow(2_c, -3_c) * x                  | any
fold_power_half | lz::pow(4_c, 0.5_c) * x                     | any
fold_square    | lz::square(3_c) * x + lz::cube(2_c)          | any
fold_root      | lz::sqrt(2_c) * lz::sqrt(2_c) * x            | any
fold_exp_zero  | lz::exp(0_c) * x + lz::log(1_c)              | any
fold_trig      | lz::sin(0_c) + lz::cos(0_c) * x              | any
fold_small     | 1e-3_c * x * 1e3_c                           | any
like_two       | x + x                                        | any
like_three     | x + x + x                                    | any
like_scaled    | 2_c * x + 3_c * x                            | any
like_cancel    | 2_c * x - 5_c * x + 3_c * x + y              | any
like_fraction  | x / 2_c + x / 3_c                            | any
like_products  | x * y + y * x                                | any
like_scaled_products | 3_c * x * y - y * 2_c * x              | any
like_functions | lz::sin(x) + y + lz::sin(x)                  | any
like_negative  | x - 3_c * x                                  | any
like_nested    | (x + y) + (x - y)                            | any
like_far       | x + y + z + x + y + z                        | any
like_quotients | x / y + x / y                                | any
scaled_sum     | 2_c * (x + y) + 3_c * (x + y)                | any
scaled_sum_minus | 4_c * (x - y) - (x - y)                    | any
scaled_inside  | 2_c * (3_c * x + 5_c * y)                    | any
factor_kept    | lz::square(x - y)                            | any
factor_close   | lz::square(x - y)                            | 1, 1048577/1048576; 1048575/1048576, 1
product_two    | x * x                                        | any
product_three  | x * x * x                                    | any
product_powers | lz::pow(x, 2_c) * lz::pow(x, 3_c)            | any
product_mixed  | x * y * x * y * x                            | any
product_inverse | lz::pow(x, 3_c) * lz::pow(x, -2_c)          | any
product_cancel | lz::pow(x, 2_c) * lz::pow(x, -2_c) * y       | any
product_roots  | lz::sqrt(x) * lz::sqrt(x)                    | positive
product_rational | lz::pow(x, lz::constant<1, 3>) * lz::pow(x, lz::constant<1, 6>) | positive
product_general | lz::pow(x, y) * lz::pow(x, z)               | positive
product_with_power | lz::pow(x, y) * x                        | positive
product_bases  | lz::pow(x, y) * lz::pow(z, y)                | positive
product_reciprocal | x * lz::reciprocal(x)                    | any
quotient_powers | lz::pow(x, 5_c) / lz::pow(x, 2_c)           | any
quotient_below | lz::pow(x, 2_c) / lz::pow(x, 5_c)            | any
quotient_roots | x / lz::sqrt(x)                              | positive
quotient_of_quotients | (x / y) / (z / x)                     | any
quotient_chain | x / (y / z)                                  | any
quotient_common | (x * y) / (y * z)                           | any
quotient_functions | lz::square(lz::sin(x)) / lz::sin(x)      | any
power_of_power | lz::pow(lz::pow(x, 2_c), 3_c)                | any
power_of_square | lz::sqrt(lz::square(x))                     | any
power_even_root | lz::pow(lz::pow(x, 4_c), 0.25_c)            | any
power_square_half | lz::pow(lz::square(x), lz::constant<3, 2>) | any
power_odd_root | lz::pow(lz::pow(x, 6_c), lz::constant<1, 6>) | any
power_of_root  | lz::square(lz::sqrt(x))                      | positive
power_of_cbrt  | lz::cube(lz::cbrt(x))                        | any
power_cbrt_cube | lz::cbrt(lz::cube(x))                       | any
power_of_reciprocal | lz::pow(lz::reciprocal(x), 3_c)         | any
power_general  | lz::pow(lz::pow(x, y), z)                    | positive
power_of_product | lz::square(x * y)                          | any
power_root_product | lz::sqrt(x * y)                          | -1, -2; 3/4, 5/4
power_of_abs   | lz::square(lz::abs(x))                       | any
power_of_minus | lz::pow(-x, 3_c) + lz::pow(-x, 4_c)          | any
reciprocal_twice | lz::reciprocal(lz::reciprocal(x))          | any
sign_twice     | -(-x)                                        | any
sign_product   | (-x) * (-y)                                  | any
sign_one       | (-x) * y                                     | any
sign_quotient  | (-x) / (-y)                                  | any
sign_below     | x / (-y)                                     | any
sign_sum       | -(x - y)                                     | any
sign_subtract  | x - (-y)                                     | any
sign_constant  | -3_c * (-2_c * x)                            | any
sign_even      | lz::cos(-x) + lz::cosh(-x) + lz::square(-x)  | any
sign_odd       | lz::sin(-x) + lz::tan(-x) + lz::tanh(-x)     | any
sign_odd_more  | lz::sinh(-x) + lz::atan(-x) + lz::asinh(-x) + lz::erf(-x) + lz::cbrt(-x) | any
sign_odd_unit  | lz::asin(-x) + lz::atanh(-x)                 | unit
sign_abs       | lz::abs(-x) + lz::sign(-x)                   | any
sign_difference | lz::square(x - y) - lz::square(y - x) + x   | any
abs_twice      | lz::abs(lz::abs(x))                          | any
abs_square     | lz::abs(lz::square(x))                       | any
abs_exp        | lz::abs(lz::exp(x))                          | any
abs_times_sign | lz::abs(x) * lz::sign(x)                     | any
commute_sum    | (y + x) * (x + y)                            | any
commute_product | lz::exp(x * y) + lz::exp(y * x)             | any
commute_min    | lz::min(x, y) + lz::min(y, x)                | any
associate_sum  | lz::sin((x + y) + z) + lz::sin(x + (y + z))  | any
associate_product | lz::sin((x * y) * z) + lz::sin(x * (y * z)) | any
min_itself     | lz::min(x, x) + lz::max(x, x)                | any
select_same    | lz::select(x < y, z, z)                      | any
select_constant | lz::select(2_c < 3_c, x, y)                 | any
select_outer   | lz::select(x < y, 2_c * x, 2_c * y)          | any
relu_twice     | lz::relu(lz::relu(x))                        | any
relu_of_exp    | lz::relu(lz::exp(x))                         | any
exp_log        | lz::exp(lz::log(x))                          | positive
log_exp        | lz::log(lz::exp(x))                          | any
log_exp_far    | lz::log(lz::exp(x))                          | 1000; -1000
exp2_log2      | lz::exp2(lz::log2(x))                        | positive
log2_exp2      | lz::log2(lz::exp2(x))                        | any
expm1_log1p    | lz::expm1(lz::log1p(x))                      | positive
log1p_expm1    | lz::log1p(lz::expm1(x))                      | any
log1p_of_expm1_far | lz::log1p(lz::expm1(x))                  | 40; -3/2
exp_minus_one  | lz::exp(x) - 1_c                             | any
log_one_plus   | lz::log(1_c + x)                             | positive
exp_product    | lz::exp(x) * lz::exp(y)                      | any
exp_quotient   | lz::exp(x) / lz::exp(y)                      | any
exp_power      | lz::pow(lz::exp(x), 3_c)                     | any
exp_square     | lz::square(lz::exp(x))                       | any
exp_of_scaled_log | lz::exp(3_c * lz::log(x))                 | positive
exp_of_sum     | lz::exp(x + lz::log(y))                      | positive
log_of_power   | lz::log(lz::pow(x, 3_c))                     | positive
log_of_even    | lz::log(lz::square(x))                       | any
log_of_product | lz::log(x * y)                               | -1, -2; 3/4, 5/4
log_of_quotient | lz::log(x / y)                              | -1, -2; 3/4, 5/4
log_of_root    | lz::log(lz::sqrt(x))                         | positive
log_of_product_exp | lz::log(x * lz::exp(y))                  | positive
log_of_reciprocal | lz::log(1_c / x)                          | positive
tan_atan       | lz::tan(lz::atan(x))                         | any
sin_asin       | lz::sin(lz::asin(x)) + lz::cos(lz::acos(x))  | unit
sinh_asinh     | lz::sinh(lz::asinh(x))                       | any
cosh_acosh     | lz::cosh(lz::acosh(x))                       | above_one
tanh_atanh     | lz::tanh(lz::atanh(x))                       | unit
atan_tan       | lz::atan(lz::tan(x))                         | 1/2; 5/2; -2
asin_sin       | lz::asin(lz::sin(x))                         | 1/2; 5/2; -2
acosh_cosh     | lz::acosh(lz::cosh(x))                       | 3/2; -2
atanh_tanh     | lz::atanh(lz::tanh(x))                       | unit
quotient_tan   | lz::sin(x) / lz::cos(x)                      | any
quotient_tanh  | lz::sinh(x) / lz::cosh(x)                    | any
pythagoras     | lz::square(lz::sin(x)) + lz::square(lz::cos(x)) + x | any
sigmoid_by_hand | 1_c / (1_c + lz::exp(-x))                   | any
sigmoid_by_hand_far | 1_c / (1_c + lz::exp(-x))               | -40; -300
sigmoid_other_hand | lz::exp(x) / (1_c + lz::exp(x))          | any
sigmoid_minus  | 1_c - lz::sigmoid(x)                         | any
sigmoid_of_minus | lz::sigmoid(-x) + lz::sigmoid(x)           | any
sigmoid_slope  | lz::sigmoid(x) * (1_c - lz::sigmoid(x))      | any
silu_by_hand   | x * lz::sigmoid(x)                           | any
log_sigmoid    | lz::log(lz::sigmoid(x))                      | any
log_sigmoid_far | lz::log(lz::sigmoid(x))                     | -1000; -40; 40; 600
log_one_minus_sigmoid | lz::log(1_c - lz::sigmoid(x))         | any
log_one_minus_sigmoid_far | lz::log(1_c - lz::sigmoid(x))     | 1000; 40; -40; -600
log_one_minus_affine | lz::log(1_c - lz::sigmoid(x * y + z))  | any
log_one_plus_exp | lz::log(1_c + lz::exp(x))                  | any
log_one_plus_exp_far | lz::log(1_c + lz::exp(x))              | 1000; 40; -40; -600
log_exp_plus_one | lz::log(lz::exp(x) + 1_c)                  | 1000; -40; 1
log1p_exp      | lz::log1p(lz::exp(x))                        | 1000; 40; -40; -600
log1p_exp_minus | lz::log1p(lz::exp(-x))                      | -1000; 40; 600
log_two_exps   | lz::log(lz::exp(x) + lz::exp(y))             | any
logistic_loss  | -(y * lz::log(lz::sigmoid(x)) + (1_c - y) * lz::log(1_c - lz::sigmoid(x))) | 3/4, 1/4; -5/4, 7/8; 5/2, 5/8
logistic_loss_far | -(y * lz::log(lz::sigmoid(x)) + (1_c - y) * lz::log(1_c - lz::sigmoid(x))) | 1000, 1/2; -1000, 1/4
logistic_loss_long | -(z * lz::log(lz::sigmoid(x * y)) + (1_c - z) * lz::log(1_c - lz::sigmoid(x * y))) | any
softplus_minus | lz::softplus(x) - lz::softplus(-x)           | any
softplus_apart | lz::softplus(-x)                             | 40; 600; -1000
tanh_slope     | 1_c - lz::square(lz::tanh(x))                | any
erf_minus      | 1_c - lz::erf(x)                             | any
erfc_minus     | 1_c - lz::erfc(x)                            | any
hypot_by_hand  | lz::sqrt(lz::square(x) + lz::square(y))      | any
nested_constants | ((x + 1_c) * 2_c + 3_c) * 4_c - 20_c       | any
nested_products | 2_c * (x * (3_c * (y * 4_c)))               | any
nested_sums    | 1_c + (x + (2_c + (y + 3_c)))                | any
nested_signs   | -(2_c * -(x * -(3_c * y)))                   | any
expanded_square | lz::square(x) - 2_c * x * y + lz::square(y) | any
difference_of_squares | (x + y) * (x - y)                     | any
common_factor  | x * y + x * z                                | any
neuron         | lz::square(lz::sigmoid(x * y + z) - 0.5_c)   | any
neurons        | lz::square(lz::tanh(y * lz::tanh(x * z + 1_c) - 0.5_c) - z) | any
gaussian       | lz::exp(-lz::square(x - y) / (2_c * lz::square(z))) / (z * lz::sqrt(2_c * lz::pi)) | positive
rosenbrock     | lz::square(1_c - x) + 100_c * lz::square(y - lz::square(x)) | any
"""

# Formulas with named intermediates; their texts are those of `expand`.
LETS = """
let_neuron     | lz::square(lz::let<"a">(lz::sigmoid(lz::let<"s">(x * y + z))) - 0.5_c) | any
let_shared     | lz::let<"u">(lz::sin(x) * y) * lz::exp(lz::let<"u">(lz::sin(x) * y)) | any
let_quotient   | lz::let<"n">(x + y) / lz::let<"d">(lz::square(x) + lz::square(y)) | any
let_constant   | lz::let<"k">(lz::constant<3, 4>) * x + lz::let<"k">(lz::constant<3, 4>) | any
"""

SHAPES = {
    "s": (), "t": (), "x": (3,), "y": (3,), "b": (2,), "c": (2,), "q": (2,), "W": (2, 3), "U": (2, 3), "V": (3, 2), "S": (2, 2),
}

# name | formula | differentiated by (pairs joined by a colon: second derivatives) | values: any, positive or zeros
TENSORS = """
matrix_vector  | W * x                                        | W x          | any
matrix_matrix  | W * V                                        | W V          | any
three_matrices | S * W * V                                    | S W V        | any
affine         | W * x + b                                    | W x b        | any
quadratic_form | lz::dot(b, S * b)                            | S b b:b      | any
transposed     | lz::transpose(W)                             | W            | any
transpose_twice | lz::transpose(lz::transpose(W)) * x         | W x          | any
transpose_product | lz::transpose(W * V) * b                  | W V b        | any
transpose_vector | lz::transpose(x) * y                       | x y          | any
transpose_times | lz::transpose(W) * b                        | W b          | any
dot            | lz::dot(x, y)                                | x y x:y      | any
dot_itself     | lz::dot(x, x)                                | x x:x        | any
dot_matrix     | lz::dot(b, W * x)                            | W x b W:x    | any
outer          | lz::outer(b, x)                              | b x          | any
outer_sum      | lz::sum(lz::hadamard(lz::outer(b, x), W))    | W b x b:x    | any
outer_times    | lz::outer(b, x) * y                          | b x y        | any
hadamard       | lz::hadamard(x, y)                           | x y          | any
hadamard_matrix | lz::hadamard(W, U)                          | W            | any
hadamard_three | lz::hadamard(lz::hadamard(x, y), x)          | x y          | any
sum_all        | lz::sum(lz::sin(W))                          | W            | any
sum_rows       | lz::sum(W, 0_c)                              | W            | any
sum_columns    | lz::sum(W, 1_c)                              | W            | any
sum_axis_squares | lz::dot(lz::sum(lz::square(W), 0_c), x)    | W x          | any
sum_scaled     | lz::sum(3_c * x - 2_c * y)                   | x y          | any
sum_of_sums    | lz::sum(lz::sum(lz::cube(W), 1_c))           | W            | any
prod           | lz::prod(x)                                  | x x:x        | any
prod_one_zero  | lz::prod(x)                                  | x x:x        | zeros
prod_matrix    | lz::prod(W)                                  | W            | any
prod_inside    | lz::prod(lz::hadamard(x, y)) + lz::sum(x)    | x y          | zeros
mean           | lz::mean(lz::square(x))                      | x x:x        | any
mean_matrix    | lz::mean(lz::exp(W))                         | W            | any
variance       | lz::mean(lz::square(x - lz::mean(x)))        | x x:x        | any
max            | lz::max(x)                                   | x            | any
max_matrix     | lz::square(lz::max(W)) * s                   | W s          | any
squared_norm   | lz::squared_norm(x - y)                      | x y x:y      | any
squared_norm_matrix | lz::squared_norm(W)                     | W W:W        | any
norm           | lz::norm(x)                                  | x x:x        | any
norm_scaled    | x / lz::norm(x)                              | x            | any
norm_difference | lz::norm(W * x - b)                         | W x b        | any
logsumexp      | lz::logsumexp(x)                             | x x:x        | any
logsumexp_by_hand | lz::log(lz::sum(lz::exp(x)))              | x x:x        | any
logsumexp_far  | lz::logsumexp(x)                             | x            | far
logsumexp_by_hand_far | lz::log(lz::sum(lz::exp(x)))          | x            | far
softmax        | lz::softmax(x)                               | x            | any
softmax_far    | lz::softmax(x)                               | x            | far
softmax_by_hand | lz::exp(x) / lz::sum(lz::exp(x))            | x            | any
softmax_weighted | lz::dot(y, lz::softmax(x))                 | x y x:x      | any
log_softmax    | lz::log_softmax(x)                           | x            | any
log_softmax_far | lz::log_softmax(x)                          | x            | far
log_of_softmax | lz::log(lz::softmax(x))                      | x            | far
cross_entropy  | lz::logsumexp(x) - lz::dot(y, x)             | x y x:x      | any
cross_entropy_other | -lz::dot(y, lz::log_softmax(x))         | x y          | any
cross_entropy_layer | lz::logsumexp(W * x + b) - lz::dot(c, W * x + b) | W x b c | any
element_matrix | W(1_c, 2_c) * s                              | W s          | any
element_vector | lz::sin(x(0_c)) * x(2_c)                     | x x:x        | any
element_of_product | (W * x)(1_c)                             | W x          | any
element_of_hadamard | lz::hadamard(x, y)(2_c) + lz::outer(b, x)(1_c, 0_c) | x y b | any
element_of_transpose | lz::transpose(W)(2_c, 0_c) * W(0_c, 2_c) | W         | any
by_element     | lz::sum(lz::square(W * x - b))               | W(1_c,2_c) x(0_c) W(0_c,1_c):x(1_c) | any
plus_scalar    | W + s                                        | W s          | any
scalar_minus   | s - x                                        | s x          | any
times_scalar   | lz::sum(lz::square(x * s))                   | s x s:x      | any
over_scalar    | x / s                                        | s x          | any
scalar_of_vector | lz::dot(x, y) * x + lz::sum(y) * y         | x y          | any
negated        | -(W * (-x)) - (-b)                           | W x b        | any
like_terms     | W * x + W * x - 3_c * (W * x)                | W x          | any
distributed    | W * (x + y) - W * y                          | W x y        | any
scaled_product | (2_c * W) * (3_c * x)                        | W x          | any
same_scaled    | W * x * 2_c + (W * 2_c) * x                  | W x          | any
elementwise    | lz::exp(x) + lz::sin(x) + lz::square(x) + lz::tanh(x) | x   | any
activations    | lz::sigmoid(x) + lz::softplus(x) + lz::silu(x) + lz::gelu(x) | x | any
kinked         | lz::relu(x) + lz::abs(x) + lz::leaky_relu(x) + lz::elu(x) | x | any
roots          | lz::hadamard(lz::sqrt(x), lz::log(x)) + lz::reciprocal(x) | x | positive
powers         | lz::pow(x, 3_c) + lz::pow(x, -2_c)           | x            | any
layer_cost     | lz::sum(lz::square(lz::sigmoid(W * x + b) - c)) | W x b c   | any
layer_second   | lz::sum(lz::square(lz::sigmoid(W * x + b) - c)) | b:b x:x   | any
two_layers     | lz::sum(lz::square(lz::sigmoid(S * lz::tanh(W * x + b) + c) - q)) | S W x b c q | any
two_layers_let | lz::sum(lz::square(lz::let<"a2">(lz::sigmoid(S * lz::let<"a1">(lz::tanh(W * x + b)) + c)) - q)) | S W x b c | any
relu_layers    | lz::sum(lz::square(S * lz::relu(W * x + b) + c)) | S W x b c | any
softmax_layers | lz::logsumexp(V * lz::relu(W * x + b)) - lz::dot(y, V * lz::relu(W * x + b)) | V W b | any
binary_layer   | -lz::sum(lz::hadamard(c, lz::log(lz::sigmoid(W * x))) + lz::hadamard(1_c - c, lz::log(1_c - lz::sigmoid(W * x)))) | W x | any
layer_jacobian | lz::tanh(W * x + b)                          | W x b        | any
scaled_layers  | lz::squared_norm(W * x * s + b) / (1_c + lz::squared_norm(W)) | W x s b | any
hessian        | lz::exp(lz::dot(x, y)) * lz::sum(lz::cube(x)) | x x:x x:y   | any
hessian_quotient | lz::sum(x) / (1_c + lz::squared_norm(x))   | x x:x        | any
hessian_product | lz::prod(lz::sin(x))                        | x x:x        | any
"""

# Two tensors, or a tensor and a scalar, in an elementwise function of two or more operands.
ELEMENTWISE = """
max_each       | lz::max(x, y)                                | x y          | any
min_with       | lz::min(x, s)                                | x s          | any
max_zero       | lz::max(x, 0_c)                              | x            | any
hypot_each     | lz::hypot(x, y)                              | x y          | any
atan2_each     | lz::atan2(x, y)                              | x y          | any
clamp_each     | lz::clamp(x, -1_c, 1_c)                      | x            | any
select_each    | lz::select(x < y, lz::square(x), y)          | x y          | any
select_scalar  | lz::select(s < t, x, lz::sin(y))             | x y s        | any
power_each     | lz::pow(x, s)                                | x s          | positive
"""


def rows(text):
    for line in text.strip().splitlines():
        yield tuple(part.strip() for part in line.split("|"))


def points_of(kind, variables):
    """A row's points, as one tuple of fractions each."""
    if kind in POINTS:
        return list(zip(*(POINTS[kind][v] for v in variables)))
    return [tuple(Fraction(number.strip()) for number in point.split(",")) for point in kind.split(";")]
