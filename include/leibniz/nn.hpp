#pragma once
// Networks as types: layers, costs, optimisers and a trainer. Parameter files are in <leibniz/nn/save.hpp>.
#include <leibniz/leibniz.hpp>
#include <leibniz/nn/activation.hpp>
#include <leibniz/nn/cost.hpp>
#include <leibniz/nn/initialise.hpp>
#include <leibniz/nn/layer.hpp>
#include <leibniz/nn/network.hpp>
#include <leibniz/nn/optimiser.hpp>
#include <leibniz/nn/trainer.hpp>
