"""Forecasts of statsmodels for the series of a CSV `unique_id,t,y`: independent_methods.py IN OUT

OUT holds `unique_id,method,squares,f0 ... f13`. Exit code 3: statsmodels is not installed.
"""
import csv
import sys
import warnings

try:
    import numpy as np
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    from statsmodels.tsa.statespace.sarimax import SARIMAX
except ImportError:
    print("SKIPPED: statsmodels is not installed")
    sys.exit(3)

HORIZON = 14
warnings.filterwarnings("ignore")


def ets(y, seasonal):
    fit = ETSModel(y, error="add", trend=None, seasonal="add" if seasonal else None,
                   seasonal_periods=7 if seasonal else None).fit(disp=False, maxiter=2000)
    return float(np.sum(fit.resid**2)), fit.forecast(HORIZON)


def arma(y):
    def weekdays(first, count):
        return np.eye(7)[np.arange(first, first + count) % 7]

    fit = SARIMAX(y, exog=weekdays(0, len(y)), order=(1, 0, 1), trend="n").fit(disp=False, maxiter=500)
    return float(np.sum(fit.resid**2)), fit.forecast(HORIZON, exog=weekdays(len(y), HORIZON))


def main(source, target):
    series = {}
    with open(source, newline="") as file:
        for row in csv.DictReader(file):
            series.setdefault(row["unique_id"], []).append(float(row["y"]))
    with open(target, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["unique_id", "method", "squares"] + [f"f{h}" for h in range(HORIZON)])
        for name, values in series.items():
            y = np.array(values)
            for method, (squares, means) in (("ses", ets(y, False)), ("ets", ets(y, True)), ("arima", arma(y))):
                out.writerow([name, method, squares, *means])


main(sys.argv[1], sys.argv[2])
