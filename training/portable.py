"""Make a network compute the same bits on every processor: ``python -m training.portable FILES``.

A runtime sums as many numbers at once as a processor's registers hold, and what a sum of floats
comes to hangs on the order. So softmax, whose sums are such, is written as its steps, each of
which has one order everywhere: the largest value, the exponents, their plain sum.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
from onnx import NodeProto, helper, numpy_helper

from training.weights import write_model

STEPS = ("Softmax", "LogSoftmax")


def in_steps(node: NodeProto, axis: str) -> list[NodeProto]:
    """Return the steps of a softmax over the last axis; ``axis`` is the constant that names it."""
    (given,), (made,) = node.input, node.output
    most, less, odds, total = (f"{made}_{step}" for step in ("most", "less", "odds", "total"))
    steps = [
        helper.make_node("ReduceMax", [given], [most], axes=[-1], keepdims=1),
        helper.make_node("Sub", [given, most], [less]),
        helper.make_node("Exp", [less], [odds]),
        helper.make_node("ReduceSum", [odds, axis], [total], keepdims=1),
    ]
    if node.op_type == "Softmax":
        return [*steps, helper.make_node("Div", [odds, total], [made])]
    log = f"{made}_log"
    return [
        *steps,
        helper.make_node("Log", [total], [log]),
        helper.make_node("Sub", [less, log], [made]),
    ]


def portable(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network with every softmax in steps."""
    graph, axis = model.graph, "last_axis"
    nodes = list(graph.node)
    last = numpy_helper.from_array(_last_axis(), axis)
    made = [
        step
        for node in nodes
        for step in (in_steps(node, axis) if node.op_type in STEPS else [node])
    ]
    del graph.node[:]
    graph.node.extend(made)
    if not any(one.name == axis for one in graph.initializer):
        graph.initializer.append(last)
    onnx.checker.check_model(model)
    return model


def _last_axis():
    import numpy as np

    return np.array([-1], np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    for path in parser.parse_args().files:
        write_model(path.name, portable(onnx.load(path)).SerializeToString())


if __name__ == "__main__":
    main()
