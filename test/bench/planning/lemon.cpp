// LEMON's network simplex on a minimum-cost flow in DIMACS form; prints seconds of the solver alone and the cost.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <lemon/dimacs.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

int main(int, char** argv) {
  lemon::SmartDigraph graph;
  lemon::SmartDigraph::ArcMap<long long> lower(graph), capacity(graph), cost(graph);
  lemon::SmartDigraph::NodeMap<long long> supply(graph);
  std::ifstream file(argv[1]);
  lemon::readDimacsMin(file, graph, lower, capacity, cost, supply);
  const auto start = std::chrono::steady_clock::now();
  lemon::NetworkSimplex<lemon::SmartDigraph, long long, long long> simplex(graph);
  simplex.upperMap(capacity).costMap(cost).supplyMap(supply);
  const bool solved = simplex.run() == simplex.OPTIMAL;
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  std::printf("%.4f %lld\n", taken.count(), solved ? simplex.totalCost() : -1LL);
}
