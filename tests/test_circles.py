"""No module of the engine's side imports another that imports it back, not even inside a function."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_module_of_metrics_lies_on_a_circle_of_imports() -> None:
    graph = grimp.build_graph("metrics", cache_dir=None)
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(list(TopologicalSorter(imported).static_order())) > 150
