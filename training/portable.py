"""Make a network compute the same bits on every processor: ``python -m training.portable FILES``.

ONNX Runtime's softmax sums as many floats at once as a processor's registers hold, and what a sum
comes to hangs on the order; rounding to eight bits makes much of little. So it is written as its
steps, whose plain sum has one order everywhere. No other operation of the networks differed between
an emulated processor with AVX-512 and one without.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

from training.weights import write_model

AXIS, LAST = "last_axis", np.array([-1], np.int64)


def steps_of(node: NodeProto) -> Iterator[NodeProto]:
    """Yield the steps of a softmax, or of its logarithm, over the last axis."""
    (given,), (made,) = node.input, node.output
    most, less, odds, total, log = (f"{made}_{s}" for s in ("most", "less", "odds", "total", "log"))
    yield helper.make_node("ReduceMax", [given], [most], axes=[-1], keepdims=1)
    yield helper.make_node("Sub", [given, most], [less])
    yield helper.make_node("Exp", [less], [odds])
    yield helper.make_node("ReduceSum", [odds, AXIS], [total], keepdims=1)
    if node.op_type == "Softmax":
        yield helper.make_node("Div", [odds, total], [made])
    else:
        yield helper.make_node("Log", [total], [log])
        yield helper.make_node("Sub", [less, log], [made])


def portable(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network with every softmax in steps."""
    graph, softmax = model.graph, ("Softmax", "LogSoftmax")
    steps = (steps_of(n) if n.op_type in softmax else [n] for n in list(graph.node))
    nodes = list(chain.from_iterable(steps))
    del graph.node[:]
    graph.node.extend(nodes)
    if not any(one.name == AXIS for one in graph.initializer):
        graph.initializer.append(numpy_helper.from_array(LAST, AXIS))
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    for path in parser.parse_args().files:
        write_model(path.name, portable(onnx.load(path)).SerializeToString())


if __name__ == "__main__":
    main()
