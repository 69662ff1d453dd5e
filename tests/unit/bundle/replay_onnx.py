"""Replays the golden examples of bundles through policy.onnx with ONNX Runtime: replay_onnx.py BUNDLE…

Exit code 0: scores agree to 1e-5 (relative above 1) and orders are the same; 3: onnxruntime is not installed.
"""
import datetime
import json
import pathlib
import sys

try:
    import numpy as np
    import onnxruntime
except ImportError:
    print("SKIPPED: onnxruntime is not installed")
    sys.exit(3)


def columns(example, names, start):
    rows = len(example["sku"])
    dates = [start + datetime.timedelta(days=day) for day in example["day"]]
    example["month"] = [date.month for date in dates]
    example["day_of_year"] = [date.timetuple().tm_yday for date in dates]
    floats = {"forecast_mean", "forecast_quantiles"}
    tables = {"pipeline_by_age", "forecast_quantiles"}
    for name in names:
        values = np.array(example[name], dtype=np.float32 if name in floats else np.int64)
        yield name, values.reshape(rows, -1) if name in tables else values


def replay(bundle):
    session = onnxruntime.InferenceSession(str(bundle / "policy.onnx"), providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_inputs()]
    start = datetime.date.fromisoformat(json.loads((bundle / "policy.json").read_text())["start"])
    worst, orders = 0.0, 0
    for line in (bundle / "golden.jsonl").read_text().splitlines():
        example = json.loads(line)
        rows = len(example["sku"])
        scores, order = session.run(["scores", "order"], dict(columns(example, names, start)))
        golden = np.array(example["scores"]).reshape(rows, -1)
        worst = max(worst, float(np.max(np.abs(scores - golden) / np.maximum(1, np.abs(golden)))))
        if order.tolist() != example["order"]:
            sys.exit(f"{bundle}: ordered {order.tolist()}, the golden example says {example['order']}")
        orders += rows
    if not worst <= 1e-5:
        sys.exit(f"{bundle}: scores differ by {worst}")
    print(f"{bundle.name}: {orders} orders are the same, scores differ by at most {worst:.1e}")


for argument in sys.argv[1:]:
    replay(pathlib.Path(argument))
